// quick_json_test.cpp - the fast parser of workloads takes what nlohmann's takes, and reads the same in it.
#include "workload/quick_json.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace batsim {
namespace {

// Notes what it is given, as text.
class NotedParts : public WorkloadParts {
  public:
    std::string notes;

    void on_host_count(const Json& value) override { note("hosts", value); }
    void on_jobs_found() override { notes += "jobs found\n"; }
    void on_job(std::size_t index, JobObject job) override {
        for (const auto* member :
             {&job.id, &job.submit_time, &job.requested_hosts, &job.profile, &job.walltime})
            note(std::to_string(index), member->value_or(Json()));
        note("extra", job.extra);
    }
    void on_profile(const std::string& name, const Json& value) override { note(name, value); }
    [[noreturn]] void on_error(const std::string& place, const std::string& message) override {
        throw std::runtime_error(place + ": " + message);
    }

  private:
    void note(const std::string& what, const Json& value) {
        notes += what + " " + value.type_name() + (value.is_number_float() ? " real " : " ") +
                 value.dump() + "\n";
    }
};

std::string read_slowly(const std::string& text) {
    NotedParts parts;
    WorkloadSax sax(parts);
    Json::sax_parse(text, &sax);
    return parts.notes;
}

TEST(QuickJson, ReadsWhatTheOtherParserReads) {
    for (
        const std::string text : {
            R"({"nb_res": 4, "jobs": [], "profiles": {}})",
            R"({"jobs": [{"id": 1, "subtime": 0.1, "res": 2, "profile": "p", "walltime": -1, "x": [1, {"y": null}]}]})",
            R"({"jobs": [{"id": "a\u00e9\n\"\\\/", "subtime": 1e3, "deep": [[[[true, false]]]]}, {"id": "é€😀"}]})",
            R"({"profiles": {"p": {"a": 18446744073709551615, "b": 18446744073709551616, "c": -9223372036854775808,
                 "d": -9223372036854775809, "e": 1.7976931348623157e308, "f": 5e-324, "g": -0, "h": -0.0, "i": 1E+2,
                 "j": 0.1000000000000000055511151231257827021181583404541015625, "k": 123456789012345678}}})",
            "\t{ \"nb_res\"\r\n: 3 }\n\n",
        }) {
        NotedParts parts;
        WorkloadSax sax(parts);
        std::string copy = text;
        EXPECT_TRUE(parse_quickly(copy, sax)) << text;
        EXPECT_EQ(parts.notes, read_slowly(text));
    }
}

TEST(QuickJson, LeavesToTheOtherParserWhatIsWrong) {
    using namespace std::string_literals;
    for (const std::string& text : {""s,
                                    "{"s,
                                    "{}x"s,
                                    "{\"a\": 01}"s,
                                    "{\"a\": 1.}"s,
                                    "{\"a\": 1e400}"s,
                                    "{\"a\": nan}"s,
                                    "{\"a\": \"\x01\"}"s,
                                    "{\"a\": \"\xff\"}"s,
                                    "{\"a\": \"\\ud800\"}"s,
                                    "{\"a\": \"\\udc00\"}"s,
                                    "{\"a\": \"\0\"}"s,
                                    "{\"a\": 1,}"s,
                                    "{'a': 1}"s,
                                    "{\"a\": +1}"s,
                                    "[1, 2"s,
                                    "\xef\xbb\xbf"s,
                                    "{\"a\" 1}"s,
                                    "{\"a\": tru}"s,
                                    "/**/{}"s}) {
        NotedParts parts;
        WorkloadSax sax(parts);
        std::string copy = text;
        EXPECT_FALSE(parse_quickly(copy, sax)) << text;
        EXPECT_THROW(read_slowly(text), std::runtime_error) << text;
    }
}

TEST(QuickJson, LeavesToTheOtherParserControlCharactersWhereverTheyAre) {
    for (char control = 1; control < 0x20; ++control) {
        if (control == '\t' || control == '\n' || control == '\r') continue;
        for (std::size_t at = 0; at < 64; ++at) {
            std::string string(64, 'a');
            string[at] = control;
            std::string text = "{\"a\": \"" + string + "\"}";
            NotedParts parts;
            WorkloadSax sax(parts);
            EXPECT_FALSE(parse_quickly(text, sax)) << int{control} << " at " << at;
        }
    }
}

TEST(QuickJson, LeavesToTheOtherParserTextsWithANul) {
    using namespace std::string_literals;
    for (std::string text : {"{}\0"s, "{}\0{}"s, "{\0}"s}) {
        NotedParts parts;
        WorkloadSax sax(parts);
        EXPECT_FALSE(parse_quickly(text, sax));
    }
}

} // namespace
} // namespace batsim
