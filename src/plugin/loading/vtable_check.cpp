// vtable_check.cpp - looks at the vtable of a plugin that has been loaded.
#include "plugin/loading/vtable_check.hpp"

#include <array>
#include <cstring>

#include "base/error.hpp"
#include "base/text.hpp"
#include "plugin/trap/trap.hpp"

namespace batsim {

namespace {

struct Member {
    const char* name;
    const char* text;
};

// What is wrong with a text, or nullptr. Reads to its end.
const char* text_problem(const char* text) {
    if (text == nullptr) return "is NULL";
    return is_utf8({text, std::strlen(text)}) ? nullptr : "is not UTF-8";
}

// What is wrong with the texts of a vtable, or "". Their pointers may lead anywhere.
std::string problem_of_texts(const std::string& path, const batsched_vtable_t& vtable) {
    const std::array<Member, 3> members{
        {{"name", vtable.name}, {"version", vtable.version}, {"description", vtable.description}}};
    const ForeignCall call("", path.c_str());
    for (const Member& member : members) {
        const char* problem = nullptr;
        Trap trap(call);
        if (trap.run([&] { problem = text_problem(member.text); })) problem = "cannot be read";
        if (problem != nullptr)
            return std::string("'") + member.name + "' in its vtable " + problem;
    }
    return "";
}

std::string problem_of(const std::string& path, const batsched_vtable_t* vtable) {
    if (vtable == nullptr) return "'" BATSCHED_VTABLE_SYMBOL "' is there, but not exported";
    if (vtable->sched_init == nullptr) return "'sched_init' in its vtable is NULL";
    if (vtable->sched_on_event == nullptr) return "'sched_on_event' in its vtable is NULL";
    if (vtable->sched_finalize == nullptr) return "'sched_finalize' in its vtable is NULL";
    return problem_of_texts(path, *vtable);
}

} // namespace

void check_vtable(const std::string& path, const batsched_vtable_t* vtable) {
    const std::string problem = problem_of(path, vtable);
    if (!problem.empty())
        throw LoadError("plugin '" + path + "': " + problem + "; use BATSCHED_PLUGIN(...)");
}

} // namespace batsim
