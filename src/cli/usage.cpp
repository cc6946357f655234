// usage.cpp - the help texts, which are also what docopt parses the command line with.
//
// docopt takes each line that begins with '-' as the description of an option, and two spaces
// separate the option from its text. "[default: ...]" is taken as the value of an option that is
// not given.
#include "cli/usage.hpp"

#include <string_view>

namespace batsim {

const char* const kUsage =
    R"(batsim - simulates a platform, the jobs of its users, and the scheduler that places them.

Usage:
  batsim [options] [--workload <file>]... [--sched-lib <plugin>]... [--sched-cfg <json>]...
         [--sched-hosts <set>]... [--plugin-dir <folder>]... [--events <file>]...
         [--add-role-to-hosts <roles>]... [--sg-cfg <setting>]... [--sg-log <setting>]...
  batsim compare [options]
  batsim list-plugins [--plugin-dir <folder>]...
  batsim check-plugin [options] <plugin>
  batsim new-scheduler [options] <name>
  batsim --help
  batsim --version

A simulation needs at least one workload and one scheduler:

  batsim -p cluster.xml -w jobs.json --sched-lib ./libmy_scheduler.so
  batsim -w log.swf.gz --sched-lib easy

Platform options:
  -p --platform <file>          A platform file of SimGrid (XML).
  --hosts <n>                   No file, but n equal hosts without a network. Without --platform
                                and --hosts: as many as the workloads were made for.
  --host-speed <speed>          Speed of the hosts of --hosts, as 1Gf or 2.5e9 [default: 1Gf].
  -m --master-host <name>       The host of the platform file that takes no jobs, if there is one
                                of this name [default: master_host].
  -r --add-role-to-hosts <roles>  Roles of hosts, as a,b=storage, whatever the platform file
                                says: compute_node, storage or master. May be given several times.
  --mmax <n>                    Use the first n hosts of the platform only.
  --execution-model <model>     closed-form: run times of jobs that share nothing are computed, the
                                rest follows SimGrid's model; simgrid: SimGrid simulates
                                everything [default: closed-form].
  --mmax-workload               Use as many hosts as the workloads were made for only.
  -E --energy                   Simulate the energy of hosts, from wattage_per_state in the platform
                                file, and of links with wattage_range; writes consumed_energy.csv
                                too, and link_energy.csv.
  --events <file>               External events, one JSON object a line: hosts that fail or become
                                unavailable, and what schedulers are to be told. May be given
                                several times.
  --sg-cfg <setting>            A setting of SimGrid, key:value. May be given several times.
  --sg-log <setting>            Which messages of SimGrid are shown, as root.thres:info. May be given
                                several times.

Workload options:
  -w --workload <file>          A workload: JSON (Batsim 4 or 5) or SWF, gzipped or not. May be
                                given several times.
  --swf-processors <field>      Which field of an SWF log comes first: requested or allocated
                                [default: requested].
  --swf-walltime <rule>         Walltimes of an SWF log: requested, runtime, none, or a factor of
                                the run time such as 1.5x [default: requested].
  --swf-overruns <rule>         Jobs of an SWF log that ran longer than their walltime: extend
                                the walltime, or kill the job [default: extend].
  --swf-zero-runtime <rule>     Jobs of an SWF log with run time 0: drop or keep [default: drop].
  --swf-jobs <a-b>              Only the jobs at these positions of an SWF log, from 1.
  --swf-shift                   Shift submit times so that the first job is submitted at 0.

Scheduler options:
  --sched-lib <plugin>          The scheduler: a path (with a '/' or ending in .so), or the name
                                of a plugin that list-plugins shows. May be given several times.
  --sched-cfg <json>            Configuration of the scheduler, as text or @file. The k-th one
                                is for the k-th scheduler; '' skips one.
  --sched-hosts <set>           Hosts of the scheduler, as 0-63,70; the k-th one is for the k-th
                                scheduler. Needed if there are several.
  --schedulers <file>           Instead: all schedulers and what each owns, a JSON array such as
                                [{"name": "a", "library": "easy", "config": {}, "seed": 1,
                                "workloads": ["w0"], "hosts": "0-63,70"}, ...].
  --plugin-dir <folder>         Look for plugins here first, then in the folders of the environment
                                variable BATSIM_PLUGIN_PATH. May be given several times.
  --sched-timeout <s>           End the simulation if a call of a scheduler takes longer than this, in
                                seconds of real time. Without: a warning after 10 s.
  --probe-plugins               Load each plugin on trial first, in a process of its own, for at most 10 s
                                or the time of --sched-timeout.
  --seed <n>                    Seed of the random numbers of schedulers [default: 1].
  --isolation <kind>            namespace: each scheduler has private globals down to libc.
                                process: each scheduler has a process of its own, however many
                                there are. none: plain dlopen, for sanitizers, valgrind and
                                debuggers [default: namespace].

Output options:
  -e --export <folder>          Folder of the output files, made if needed [default: out].
  --trace-hosts                 Also write machine_states.csv and pstate_changes.csv.
  --output-format <version>     v5: files in that folder, as those of Batsim 5. v4: names and meanings
                                of Batsim 4, such as out_jobs.csv for -e out [default: v5].
  --trace-decisions <file>      Write each event that a scheduler is given and each decision that it
                                makes to this file, one line of JSON each.
  --progress                    Say every 10 s on stderr how far the simulation is. If stderr is a
                                terminal, a line there shows it anyway.
  -q --quiet                    No summary on stdout and no progress on stderr.

Other options:
  --stop-at <date>              End the simulation at this date, in simulated seconds; what is due then
                                still happens. Running jobs are cut off.
  --check-inputs                Read and check platform, workloads and plugins to the end, say one line
                                about each, and simulate nothing.
  --log <level>                 The least that is said on stderr: debug, info, warning or error
                                [default: info].
  -h --help                     Show this text.
  --version                     Show the version of batsim.

Exit codes: 0 finished or stopped on request, 1 check-plugin has found something or a simulation of
compare has failed, 2 command line, 3 input file, 4 plugin cannot be loaded, 5 plugin misbehaved,
6 stalled, 7 output cannot be written, 70 internal error, 128 + n ended by signal n.
)";

const char* const kListPluginsUsage =
    R"(batsim list-plugins - shows the schedulers that --sched-lib finds by name.

Usage:
  batsim list-plugins [--plugin-dir <folder>]...
  batsim list-plugins --help

Options:
  --plugin-dir <folder>         Look for plugins here first. May be given several times.
  -h --help                     Show this text.
)";

const char* const kCheckPluginUsage =
    R"(batsim check-plugin - checks whether a scheduler keeps to batsched.h.

Usage:
  batsim check-plugin [options] [--plugin-dir <folder>]... [--check <name>]... [<plugin>]
  batsim check-plugin --help

The plugin is a path (with a '/' or ending in .so), or the name of one that list-plugins shows. Each
check runs in a process of its own for at most 10 s and prints a line: pass, warn, fail or skip.

Options:
  --sched-cfg <json>            Configuration of the scheduler, as text or @file.
  --check <name>                Only this check, or this group of checks. May be given several times.
  --list                        Show all checks.
  --in-process                  Run the checks in this process, for debuggers.
  --isolation <kind>            namespace, process or none, as in a simulation [default: namespace].
  --seed <n>                    Seed of random numbers: of the scheduler and of the jobs that it gets
                                [default: 1].
  --plugin-dir <folder>         Look for plugins here first. May be given several times.
  -h --help                     Show this text.

Exit codes: 0 no check has failed, 1 one has, 2 command line, 3 configuration file, 4 the plugin cannot
be loaded.
)";

const char* const kNewSchedulerUsage =
    R"(batsim new-scheduler - writes a folder to begin a scheduler with.

Usage:
  batsim new-scheduler [options] [<name>]
  batsim new-scheduler --help

The folder has a scheduler (first come, first served), a small workload, a README and tests that run
check-plugin. It is built outside of batsim's own sources, with the headers beside this program.

Options:
  --language <language>         c, cpp, rust or python. Must be given.
  --folder <folder>             The folder, which must not exist. Without: named like the scheduler.
  -h --help                     Show this text.

The name has lower-case letters, digits, '-' and '_', and begins with a letter.

Exit codes: 0 written, 2 command line, 7 the folder exists already or cannot be written.
)";

namespace {

const char* const kCompareHead =
    R"(batsim compare - simulates several schedulers on the same inputs and compares them.

Usage:
  batsim compare [options] [--workload <file>]... [--sched-lib <plugin>]...
         [--sched-cfg <json>]... [--name <name>]... [--plugin-dir <folder>]...
         [--events <file>]... [--add-role-to-hosts <roles>]... [--sg-cfg <setting>]...
         [--sg-log <setting>]...
  batsim compare --help

Each scheduler owns all workloads and all hosts, and is simulated once with each seed:

  batsim compare -w log.swf.gz --sched-lib fcfs --sched-lib easy --seeds 1-10 --shake 60

)";

const char* const kCompareTail = R"(Comparison options:
  --seeds <list>                Seeds of the simulations, as 1-30 or 1,2,7-9 [default: 1].
  --shake <s>                   Submit each job later by a random time of its own, from 0 to so many
                                seconds. It depends on the seed: all schedulers get the same.
  --jobs <n>                    So many simulations at a time. Without: as many as there are cores.
  --name <name>                 Name of the scheduler in tables and of its folder. The k-th one is for
                                the k-th scheduler; '' skips one. Without: that of the plugin.
  --format <format>             Of the table on stdout: text, csv, json or markdown [default: text].

Scheduler options:
  --sched-lib <plugin>          A scheduler: a path (with a '/' or ending in .so), or the name of a
                                plugin that list-plugins shows. May be given several times.
  --sched-cfg <json>            Configuration of the scheduler, as text or @file. The k-th one
                                is for the k-th scheduler; '' skips one.
  --plugin-dir <folder>         Look for plugins here first, then in the folders of the environment
                                variable BATSIM_PLUGIN_PATH. May be given several times.
  --sched-timeout <s>           End a simulation if a call of its scheduler takes longer than this, in
                                seconds of real time.
  --probe-plugins               Load each plugin on trial first, in a process of its own, for at most 10 s
                                or the time of --sched-timeout.
  --isolation <kind>            namespace, process or none, as in a simulation [default: namespace].

Output options:
  -e --export <folder>          Folder of the tables, and of a folder for each scheduler with one for
                                each seed, made if needed [default: out].
  --trace-hosts                 Also write machine_states.csv and pstate_changes.csv of each simulation.
  -q --quiet                    No table on stdout and no progress on stderr.

Other options:
  --stop-at <date>              End each simulation at this date, in simulated seconds.
  --log <level>                 The least that is said on stderr: debug, info, warning or error
                                [default: info].
  -h --help                     Show this text.

Exit codes: 0 all simulations are complete, 1 one has failed, 2 command line, 3 input file, 7 output
cannot be written, 70 internal error, 128 + n ended by signal n.
)";

// The part of the usage text of a simulation that begins with this line.
std::string section(std::string_view title) {
    const std::string_view usage = kUsage;
    const std::size_t begin = usage.find(title);
    const std::size_t end = usage.find("\n\n", begin);
    return std::string(usage.substr(begin, end + 2 - begin));
}

} // namespace

std::string compare_usage() {
    return kCompareHead + section("Platform options:") + section("Workload options:") +
           kCompareTail;
}

} // namespace batsim
