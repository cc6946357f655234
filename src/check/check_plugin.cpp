// check_plugin.cpp - the conformance tool: does a plugin keep to batsched.h?
#include "check/check_plugin.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include "base/child_process.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "check/checks.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

namespace {

constexpr double kTimeLimit = 10; // seconds, for each check

const char* word(Finding::Kind kind) {
    switch (kind) {
        case Finding::Kind::kPass: return "pass";
        case Finding::Kind::kWarn: return "warn";
        case Finding::Kind::kFail: return "fail";
        case Finding::Kind::kSkip: return "skip";
    }
    return "";
}

// A finding on its way through a pipe: a digit and the text.
std::string encoded(const Finding& finding) {
    return std::to_string(static_cast<int>(finding.kind)) + finding.text;
}

Finding decoded(const std::string& text) {
    return {static_cast<Finding::Kind>(text[0] - '0'), text.substr(1)};
}

// Indented, at most the last few lines.
std::string quoted_output(const std::string& printed) {
    constexpr std::size_t kMostLines = 5;
    std::vector<std::string> lines = split(printed, '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    if (lines.empty()) return "";
    std::string text = "\nit printed:";
    const std::size_t first = lines.size() > kMostLines ? lines.size() - kMostLines : 0;
    for (std::size_t i = first; i < lines.size(); ++i)
        text += "\n  " + printable(lines[i].substr(0, 200));
    return text;
}

// The checks of one plugin, one after the other.
class Examination {
  public:
    explicit Examination(const CheckRequest& request)
        : request_(request), null_(std::fopen("/dev/null", "we")), log_(log_stream()) {
        if (request.in_process) install_crash_handlers();
    }

    // Throws LoadError if the plugin cannot be loaded in the way that was asked for.
    void introduce() {
        const std::string start = "plugin '" + request_.path + "': ";
        if (request_.in_process) return introduce(describe());
        const ChildReport report = run_apart([this] { return describe(); });
        if (report.timed_out) throw LoadError(start + "loading it takes longer than 10 s");
        if (!report.answered())
            throw LoadError(start + "the process that loaded it " + report.end_text() +
                            quoted_output(report.printed));
        introduce(report.answer);
    }

    void perform(const Check& check) {
        const Finding finding = instance_failed_ && check.needs_instance
                                    ? Finding::skip(std::string(kFirstCheckOfInstances) + " failed")
                                : request_.in_process ? run_here(check)
                                                      : run_apart(check);
        if (check.name == std::string(kFirstCheckOfInstances))
            instance_failed_ = finding.kind == Finding::Kind::kFail;
        ++counts_[finding.kind];
        print(check, finding);
    }

    std::size_t summarize() {
        std::printf("\n%zu passed, %zu failed, %zu with a warning, %zu skipped\n",
                    counts_[Finding::Kind::kPass], counts_[Finding::Kind::kFail],
                    counts_[Finding::Kind::kWarn], counts_[Finding::Kind::kSkip]);
        return counts_[Finding::Kind::kFail];
    }

  private:
    // What plugins log is of no interest, but to those who look at one check in a debugger.
    std::FILE* log_stream() const {
        return request_.in_process || null_ == nullptr ? stderr : null_.get();
    }

    static ChildReport run_apart(const std::function<std::string()>& work) {
        const auto work_with_handlers = [&work] {
            install_crash_handlers();
            return work();
        };
        return run_in_child(work_with_handlers, kTimeLimit);
    }

    // What it calls itself, or kErrorMark and why it cannot be loaded.
    std::string describe() {
        try {
            const batsched_vtable_t& table =
                vtable_of(load_plugin(request_.path, request_.isolation));
            return printable(std::string(table.name) + " " + table.version + ", " +
                             table.description);
        } catch (const LoadError& error) {
            return kErrorMark + std::string(error.what());
        }
    }

    void introduce(const std::string& description) const {
        if (!description.empty() && description[0] == kErrorMark)
            throw LoadError(description.substr(1));
        std::printf("%s\n%s, seed %llu\n\n", description.c_str(), request_.path.c_str(),
                    static_cast<unsigned long long>(request_.seed));
    }

    Finding run_here(const Check& check) {
        if (!subject_) subject_ = std::make_unique<Subject>(subject());
        try {
            return check.run(*subject_);
        } catch (const LoadError& error) {
            return Finding::fail(error.what());
        }
    }

    Finding run_apart(const Check& check) {
        activity_.set("");
        const ChildReport report = run_apart([&] { return encoded(run_here(check)); });
        if (report.answered()) return decoded(report.answer);
        const std::string activity = activity_.text();
        const std::string where = activity.empty() ? "" : "\n" + activity;
        if (report.timed_out)
            return Finding::fail("does not come back within 10 s" + where +
                                 quoted_output(report.printed));
        return Finding::fail("the process " + report.end_text() + where +
                             quoted_output(report.printed));
    }

    Subject subject() {
        return {request_.path, request_.config, request_.isolation, request_.seed, log_, activity_};
    }

    void print(const Check& check, const Finding& finding) const {
        std::string text = finding.text;
        constexpr int kIndentation = 33;
        for (std::size_t end = text.find('\n'); end != std::string::npos;
             end = text.find('\n', end + kIndentation))
            text.insert(end + 1, kIndentation, ' ');
        std::printf("%s  %-25s  %s\n", word(finding.kind), check.name, text.c_str());
        std::fflush(stdout);
    }

    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    static constexpr char kErrorMark = '\x01';

    const CheckRequest& request_;
    std::unique_ptr<std::FILE, Close> null_;
    Log log_;
    SharedText activity_;
    std::unique_ptr<Subject> subject_; // of this process
    bool instance_failed_ = false;
    std::map<Finding::Kind, std::size_t> counts_;
};

bool is_chosen(const Check& check, const std::vector<std::string>& names) {
    return names.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
               return name == check.name || name == check.group();
           });
}

} // namespace

bool is_check(const std::string& name) {
    const std::vector<Check> all = all_checks();
    return std::any_of(all.begin(), all.end(),
                       [&](const Check& check) { return is_chosen(check, {name}); });
}

std::vector<std::string> names_of_checks() {
    std::vector<std::string> names;
    for (const Check& check : all_checks()) names.emplace_back(check.name);
    return names;
}

std::size_t check_plugin(const CheckRequest& request) {
    Examination examination(request);
    examination.introduce();
    for (const Check& check : all_checks())
        if (is_chosen(check, request.names)) examination.perform(check);
    return examination.summarize();
}

void list_checks() {
    for (const Check& check : all_checks()) std::printf("%-25s  %s\n", check.name, check.purpose);
}

} // namespace batsim
