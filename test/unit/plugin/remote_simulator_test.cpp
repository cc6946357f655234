// What a plugin in a worker process asks for is what the simulator hears, and the answer comes back.
#include <gtest/gtest.h>

#include <string>

#include "conversation.hpp"

namespace batsim {
namespace {

TEST(RemoteSimulator, PassesOnMessages) {
    static std::string heard;
    Conversation talk;
    talk.simulator().log = [](Sim, batsched_log_level_t level, const char* message) {
        heard = std::to_string(level) + message;
    };
    talk.simulator().report_error = [](Sim, const char* message) { heard += message; };
    talk.simulator().get_extension = [](Sim, const char* name) -> const void* {
        heard += name;
        return &heard;
    };
    talk.run([](Sim sim) {
        sim->log(sim, BATSCHED_LOG_WARNING, "look out");
        sim->report_error(sim, ", an error");
        EXPECT_EQ(sim->get_extension(sim, ", an interface"), nullptr);
    });
    EXPECT_EQ(heard, "2look out, an error, an interface");
}

TEST(RemoteSimulator, GetsJobsAndKeepsThem) {
    static batsched_job_t job = make_job(3);
    Conversation talk;
    talk.simulator().get_job = [](Sim, batsched_job_id_t id, const batsched_job_t** out) {
        if (id != 3) return batsched_status_t{BATSCHED_UNKNOWN_ID};
        *out = &job;
        return kOk;
    };
    talk.run([](Sim sim) {
        const batsched_job_t *first = nullptr, *second = nullptr, *none = nullptr;
        ASSERT_EQ(sim->get_job(sim, 3, &first), BATSCHED_OK);
        ASSERT_EQ(sim->get_job(sim, 3, &second), BATSCHED_OK);
        EXPECT_EQ(sim->get_job(sim, 4, &none), BATSCHED_UNKNOWN_ID);
        EXPECT_EQ(first, second);
        EXPECT_EQ(none, nullptr);
        EXPECT_STREQ(first->name, "w0!a");
        EXPECT_STREQ(first->workload, "w0");
        EXPECT_STREQ(first->profile, "w0!p");
    });
}

TEST(RemoteSimulator, LendsTextsAndProfiles) {
    Conversation talk;
    talk.simulator().get_job_extra = [](Sim, batsched_job_id_t, const char** json) {
        *json = "{\"extra\":1}";
        return kOk;
    };
    talk.simulator().get_profile = [](Sim, const char* name, const batsched_profile_t** out) {
        static batsched_profile_t profile{sizeof profile, "", "delay", "{}"};
        static const std::string kept = name;
        profile.name = kept.c_str();
        *out = &profile;
        return kOk;
    };
    talk.run([](Sim sim) {
        const char* extra = nullptr;
        const batsched_profile_t* profile = nullptr;
        ASSERT_EQ(sim->get_job_extra(sim, 3, &extra), BATSCHED_OK);
        ASSERT_EQ(sim->get_profile(sim, "w0!p", &profile), BATSCHED_OK);
        EXPECT_STREQ(extra, "{\"extra\":1}");
        EXPECT_STREQ(profile->name, "w0!p");
        EXPECT_STREQ(profile->type, "delay");
        EXPECT_STREQ(profile->json, "{}");
    });
}

TEST(RemoteSimulator, DescribesHosts) {
    Conversation talk;
    talk.simulator().get_host = [](Sim, batsched_host_id_t id, const batsched_host_t** out) {
        static const double speeds[] = {1e9, 2e9}, watts[] = {10, 20};
        static batsched_host_t host{};
        host.struct_size = sizeof host;
        host.id = id;
        host.name = "node";
        host.zone = "cluster";
        host.pstate_count = 2;
        host.pstate_speeds = speeds;
        host.pstate_idle_watts = host.pstate_busy_watts = watts;
        host.properties = "{}";
        *out = &host;
        return kOk;
    };
    talk.run([](Sim sim) {
        const batsched_host_t* host = nullptr;
        ASSERT_EQ(sim->get_host(sim, 6, &host), BATSCHED_OK);
        EXPECT_EQ(host->id, 6U);
        EXPECT_STREQ(host->name, "node");
        EXPECT_STREQ(host->zone, "cluster");
        EXPECT_EQ(host->pstate_speeds[1], 2e9);
        EXPECT_EQ(host->pstate_busy_watts[0], 10);
        EXPECT_STREQ(host->properties, "{}");
    });
}

TEST(RemoteSimulator, WritesNoMoreOfAStatusThanThePluginHasRoomFor) {
    Conversation talk;
    talk.simulator().get_host_status = [](Sim, batsched_host_id_t, batsched_host_status_t* out) {
        EXPECT_EQ(out->struct_size, 12U);
        *out = {12, BATSCHED_HOST_OFF, 2, 0};
        return kOk;
    };
    talk.run([](Sim sim) {
        batsched_host_status_t status{12, 0, 0, 99};
        ASSERT_EQ(sim->get_host_status(sim, 0, &status), BATSCHED_OK);
        EXPECT_EQ(status.state, BATSCHED_HOST_OFF);
        EXPECT_EQ(status.pstate, 2U);
        EXPECT_EQ(status.running_jobs, 99U);
    });
}

TEST(RemoteSimulator, PassesOnExecutions) {
    Conversation talk;
    talk.simulator().estimate_run_time = [](Sim, batsched_job_id_t, batsched_host_set_t hosts,
                                            double* seconds) {
        *seconds = are_the_hosts(hosts) ? 2.5 : 0;
        return kOk;
    };
    talk.simulator().execute_job = [](Sim, batsched_job_id_t job, batsched_host_set_t hosts,
                                      const batsched_execution_t* how) {
        EXPECT_TRUE(are_the_hosts(hosts));
        if (job == 1) return static_cast<batsched_status_t>(how == nullptr ? 0 : -1);
        EXPECT_EQ(how->rank_count, 2U);
        EXPECT_EQ(how->rank_hosts[1], 4U);
        EXPECT_STREQ(how->storage_mapping, "{\"disk\":3}");
        EXPECT_EQ(how->walltime, 60);
        return batsched_status_t{BATSCHED_HOSTS_BUSY};
    };
    talk.run([](Sim sim) {
        double seconds = 0;
        EXPECT_EQ(sim->estimate_run_time(sim, 1, kHosts, &seconds), BATSCHED_OK);
        EXPECT_EQ(seconds, 2.5);
        const batsched_host_id_t ranks[] = {1, 4};
        const batsched_execution_t how{sizeof how, 2, ranks, "{\"disk\":3}", 60};
        EXPECT_EQ(sim->execute_job(sim, 1, kHosts, nullptr), BATSCHED_OK);
        EXPECT_EQ(sim->execute_job(sim, 2, kHosts, &how), BATSCHED_HOSTS_BUSY);
    });
}

TEST(RemoteSimulator, PassesOnWhatIsSaidOfJobs) {
    static std::string heard;
    Conversation talk;
    talk.simulator().reject_job = [](Sim, batsched_job_id_t job, const char* reason) {
        heard = std::to_string(job) + reason;
        return kOk;
    };
    talk.simulator().kill_jobs = [](Sim, const batsched_job_id_t* jobs, std::size_t count) {
        if (jobs == nullptr) return batsched_status_t{BATSCHED_INVALID_ARGUMENT};
        for (std::size_t i = 0; i < count; ++i) heard += " " + std::to_string(jobs[i]);
        return batsched_status_t{BATSCHED_ALREADY_GONE};
    };
    talk.simulator().annotate_job = [](Sim, batsched_job_id_t, const char* json) {
        return static_cast<batsched_status_t>(json == nullptr ? BATSCHED_INVALID_ARGUMENT : 0);
    };
    talk.run([](Sim sim) {
        const batsched_job_id_t jobs[] = {8, 9};
        EXPECT_EQ(sim->reject_job(sim, 7, " is too large,"), BATSCHED_OK);
        EXPECT_EQ(sim->kill_jobs(sim, jobs, 2), BATSCHED_ALREADY_GONE);
        EXPECT_EQ(sim->kill_jobs(sim, nullptr, 2), BATSCHED_INVALID_ARGUMENT);
        EXPECT_EQ(sim->annotate_job(sim, 7, "{}"), BATSCHED_OK);
        EXPECT_EQ(sim->annotate_job(sim, 7, nullptr), BATSCHED_INVALID_ARGUMENT);
    });
    EXPECT_EQ(heard, "7 is too large, 8 9");
}

TEST(RemoteSimulator, PassesOnRegistrations) {
    static std::string heard;
    Conversation talk;
    talk.simulator().register_profile = [](Sim, const char* name, const char* json) {
        heard = std::string(name) + json;
        return kOk;
    };
    talk.simulator().release_profile = [](Sim, const char* name) {
        heard += name;
        return kOk;
    };
    talk.simulator().register_job = [](Sim, const batsched_new_job_t* job, batsched_job_id_t* out) {
        EXPECT_EQ(job->workload, nullptr);
        heard += std::string(job->name) + job->profile + job->extra_data;
        if (out != nullptr) *out = 1234;
        return kOk;
    };
    talk.simulator().finish_registration = [](Sim) {
        return batsched_status_t{BATSCHED_WRONG_STATE};
    };
    talk.run([](Sim sim) {
        batsched_new_job_t job = BATSCHED_NEW_JOB_INIT;
        job.name = "x ";
        job.profile = "p ";
        batsched_job_id_t id = 0;
        EXPECT_EQ(sim->register_profile(sim, "p ", "{} "), BATSCHED_OK);
        EXPECT_EQ(sim->release_profile(sim, "q "), BATSCHED_OK);
        EXPECT_EQ(sim->register_job(sim, &job, &id), BATSCHED_OK);
        EXPECT_EQ(id, 1234U);
        EXPECT_EQ(sim->register_job(sim, &job, nullptr), BATSCHED_OK);
        EXPECT_EQ(sim->finish_registration(sim), BATSCHED_WRONG_STATE);
    });
    EXPECT_EQ(heard, "p {} q x p {}x p {}");
}

TEST(RemoteSimulator, PassesOnCallsAndProbes) {
    Conversation talk;
    talk.simulator().call_me_later = [](Sim, double time, double period, batsched_call_id_t* out) {
        *out = static_cast<batsched_call_id_t>(time + period);
        return kOk;
    };
    talk.simulator().cancel_call = [](Sim, batsched_call_id_t call) {
        return static_cast<batsched_status_t>(call == 30 ? BATSCHED_ALREADY_GONE : 0);
    };
    talk.simulator().create_probe = [](Sim, const batsched_probe_t* probe,
                                       batsched_probe_id_t* out) {
        if (probe == nullptr) return batsched_status_t{BATSCHED_INVALID_ARGUMENT};
        if (probe->target == BATSCHED_PROBE_LINKS)
            EXPECT_STREQ(probe->links[1], "backbone");
        else
            EXPECT_TRUE(are_the_hosts(probe->hosts));
        *out = probe->link_count;
        return kOk;
    };
    talk.simulator().stop_probe = [](Sim, batsched_probe_id_t probe) {
        return static_cast<batsched_status_t>(probe == 2 ? 0 : BATSCHED_UNKNOWN_ID);
    };
    talk.run([](Sim sim) {
        batsched_call_id_t call = 0;
        EXPECT_EQ(sim->call_me_later(sim, 10, 20, &call), BATSCHED_OK);
        EXPECT_EQ(sim->cancel_call(sim, call), BATSCHED_ALREADY_GONE);
        const char* const links[] = {"uplink", "backbone"};
        batsched_probe_t probe{};
        probe.struct_size = sizeof probe;
        probe.target = BATSCHED_PROBE_LINKS;
        probe.links = links;
        probe.link_count = 2;
        batsched_probe_id_t id = 0;
        EXPECT_EQ(sim->create_probe(sim, &probe, &id), BATSCHED_OK);
        EXPECT_EQ(sim->stop_probe(sim, id), BATSCHED_OK);
        probe = {};
        probe.struct_size = sizeof probe;
        probe.target = BATSCHED_PROBE_HOSTS;
        probe.hosts = kHosts;
        EXPECT_EQ(sim->create_probe(sim, &probe, &id), BATSCHED_OK);
        EXPECT_EQ(sim->create_probe(sim, nullptr, &id), BATSCHED_INVALID_ARGUMENT);
    });
}

TEST(RemoteSimulator, PassesOnChangesOfHostsAndOfTheSimulation) {
    static std::string heard;
    Conversation talk;
    talk.simulator().set_pstate = [](Sim, batsched_host_set_t hosts, std::uint32_t pstate) {
        EXPECT_TRUE(are_the_hosts(hosts));
        heard = std::to_string(pstate);
        return kOk;
    };
    talk.simulator().set_host_state = [](Sim, batsched_host_set_t hosts,
                                         batsched_host_state_t state) {
        EXPECT_TRUE(are_the_hosts(hosts));
        heard += std::to_string(state);
        return batsched_status_t{BATSCHED_REFUSED};
    };
    talk.simulator().delay_decisions = [](Sim, double duration) {
        heard += std::to_string(duration).substr(0, 4);
        return kOk;
    };
    talk.simulator().stop_simulation = [](Sim, const char* reason) {
        heard += reason == nullptr ? "nothing" : reason;
        return kOk;
    };
    talk.run([](Sim sim) {
        EXPECT_EQ(sim->set_pstate(sim, kHosts, 3), BATSCHED_OK);
        EXPECT_EQ(sim->set_host_state(sim, kHosts, BATSCHED_HOST_OFF), BATSCHED_REFUSED);
        EXPECT_EQ(sim->delay_decisions(sim, 1.25), BATSCHED_OK);
        EXPECT_EQ(sim->stop_simulation(sim, nullptr), BATSCHED_OK);
    });
    EXPECT_EQ(heard, "311.25nothing");
}

} // namespace
} // namespace batsim
