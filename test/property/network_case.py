"""Random simulations of many jobs at the same time that send to each other over networks of all kinds:
trees, backbones, and links that are shared or not, in one direction or both."""

from random_case import Case


class NetworkCase(Case):
    """All files of one simulation under static-order, a function of the seed alone."""

    JOBS = 60

    def draw(self):
        self.host_count = self.random.choice([8, 16, 32])
        self.storages = []
        self.pstate_count = self.random.choice([1, 2])
        self.energy = self.random.random() < 0.5
        self.overlaps = True

    # ---- Platform --------------------------------------------------------------------------------

    def write_platform(self):
        kind = self.random.choice([self.fat_tree, self.backbone, self.two_clusters, self.meshes])
        lines = ["<?xml version='1.0'?>",
                 '<!DOCTYPE platform SYSTEM "https://simgrid.org/simgrid.dtd">',
                 '<platform version="4.1">', *kind(), "</platform>"]
        (self.folder / "p.xml").write_text("\n".join(lines) + "\n")

    def latency(self):
        return f"{self.random.choice([1e-7, 1e-6, 1e-4, 1e-2])}s"

    def bandwidth(self):
        return f"{self.random.choice([1.25e8, self.amount(1e7, 1e10)])}Bps"

    def cluster(self, name, hosts, network):
        speeds = ",".join(f"{self.random.choice([1e9, self.amount(1e8, 1e11)])}f"
                          for _ in range(self.pstate_count))
        watts = ", ".join(self.watts() for _ in range(self.pstate_count))
        policy = self.random.choice(["", 'sharing_policy="SHARED"', 'sharing_policy="FATPIPE"'])
        return [f'<cluster id="{name}" prefix="host" suffix="" radical="{hosts}" speed="{speeds}" '
                f'core="{self.random.choice([1, 1, 4])}" bw="{self.bandwidth()}" '
                f'lat="{self.latency()}" {policy} {network}>',
                f'<prop id="wattage_per_state" value="{watts}"/></cluster>']

    def backbone_of_cluster(self):
        policy = self.random.choice(["", "", 'bb_sharing_policy="FATPIPE"'])
        return f'bb_bw="{self.bandwidth()}" bb_lat="{self.latency()}" {policy}'

    def backbone(self):
        return self.cluster("c", f"0-{self.host_count - 1}", self.backbone_of_cluster())

    def fat_tree(self):
        up = self.random.choice([1, 2])
        shape = f"2;{self.host_count // 4},4;1,{up};1,1"
        return self.cluster("c", f"0-{self.host_count - 1}",
                            f'topology="FAT_TREE" topo_parameters="{shape}"')

    def two_clusters(self):
        """Joined by a link with two directions."""
        half = self.host_count // 2
        link = (f'<link id="joint" bandwidth="{self.bandwidth()}" latency="{self.latency()}" '
                'sharing_policy="SPLITDUPLEX"/>')

        def route(source, target, direction):
            return (f'<zoneRoute src="{source}" dst="{target}" gw_src="host{source}_router" '
                    f'gw_dst="host{target}_router" symmetrical="NO">'
                    f'<link_ctn id="joint" direction="{direction}"/></zoneRoute>')

        def named_router(name):
            return f'{self.backbone_of_cluster()} router_id="host{name}_router"'

        return ['<zone id="z" routing="Full">',
                *self.cluster("a", f"0-{half - 1}", named_router("a")),
                *self.cluster("b", f"{half}-{self.host_count - 1}", named_router("b")),
                link, route("a", "b", "UP"), route("b", "a", "DOWN"), "</zone>"]

    def meshes(self):
        """Hosts of which each pair has a route of some links of all."""
        self.host_count = 8
        hosts = [self.host_line(f"host{i}") for i in range(self.host_count)]
        names = [f"l{i}" for i in range(self.random.randint(2, 12))]
        links = [self.link_line(name) for name in names]
        routes = []
        for i in range(self.host_count):
            for j in range(i):
                used = self.random.sample(names, self.random.randint(1, min(3, len(names))))
                elements = "".join(f'<link_ctn id="{name}"/>' for name in used)
                routes.append(f'<route src="host{i}" dst="host{j}">{elements}</route>')
        return ['<zone id="z" routing="Full">', *hosts, *links, *routes, "</zone>"]

    def link_line(self, name):
        policy = self.random.choice(["", "", 'sharing_policy="FATPIPE"'])
        latency = self.latency() if policy else self.random.choice(["0s", self.latency()])
        watts = '<prop id="wattage_range" value="10:30"/>' if self.random.random() < 0.5 else ""
        return (f'<link id="{name}" bandwidth="{self.bandwidth()}" latency="{latency}" {policy}>'
                f'{watts}</link>')

    # ---- Jobs ------------------------------------------------------------------------------------

    def job(self, number):
        ranks = self.random.randint(1, min(6, self.host_count))
        job = {"id": str(number), "subtime": self.random.choice([0, self.random.uniform(0, 100)]),
               "res": ranks, "profile": self.profile(f"p{number}", ranks, depth=0)}
        if self.random.random() < 0.1:
            job["walltime"] = self.amount(0.1, 100)
        if self.pstate_count > 1 and self.random.random() < 0.1:
            job["switches"] = [self.switch()]
        return job

    def profile(self, name, ranks, depth):
        kind = self.random.choice([self.all_to_all, self.all_to_all, self.ring, self.parallel])
        self.profiles[name] = kind(name, ranks, depth)
        return name

    def all_to_all(self, *_):
        return {"type": "parallel_homogeneous", "cpu": self.random.choice([1e9, self.flops()]),
                "com": self.random.choice([1e8, self.bytes()])}

    def ring(self, _, ranks, __):
        sent = self.random.choice([1e8, self.amount(1e6, 1e9)])
        matrix = [sent if to == (rank + 1) % ranks and to != rank else 0
                  for rank in range(ranks) for to in range(ranks)]
        return {"type": "parallel", "cpu": [self.flops()] * ranks, "com": matrix}
