// The experiment that the whole idea rests on: libraries that need different versions of one other
// library, and the same library twice, live in one process, each with its own.
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "plugin/loading/library.hpp"

extern "C" {
int base_version(void);
extern int base_global;
}

namespace batsim {
namespace {

class User {
  public:
    explicit User(int version)
        : library_(std::string(ISOLATION_FOLDER "/user-") + std::to_string(version) + ".so",
                   Isolation::kNamespace) {}

    int version() const { return call<int>("user_version"); }
    int base_version() const { return call<int>("version_of_base"); }
    int& global() const { return *static_cast<int*>(library_.symbol("user_global")); }
    int& base_global() const { return *call<int*>("global_of_base"); }
    std::string fullname() const {
        char* text = call<char*>("fullname");
        const std::string copy = text;
        reinterpret_cast<void (*)(void*)>(library_.symbol("free"))(text);
        return copy;
    }
    // What it sees of an environment variable.
    std::string variable(const char* name) const {
        const auto get = reinterpret_cast<char* (*)(const char*)>(library_.symbol("getenv"));
        const char* value = get(name);
        return value == nullptr ? "" : value;
    }
    void* address_of_free() const { return library_.symbol("free"); }
    void unload() { library_.unload(); }

  private:
    template <class Result>
    Result call(const char* function) const {
        return reinterpret_cast<Result (*)()>(library_.symbol(function))();
    }
    Library library_;
};

// What is expected of a user at some time.
struct Expectation {
    int version;
    int global, base_global;
};

void expect(const User& user, const Expectation& expected) {
    EXPECT_EQ(user.version(), expected.version);
    EXPECT_EQ(user.base_version(), expected.version);
    EXPECT_EQ(user.global(), expected.global);
    EXPECT_EQ(user.base_global(), expected.base_global);
    const std::string version = std::to_string(expected.version);
    EXPECT_EQ(user.fullname(), "user-" + version + " on base-" + version);
}

// Users of the given versions together: before, after their globals were changed, after the first
// one was unloaded. The runner's own base is never touched.
void run_experiment(const std::vector<int>& versions) {
    ASSERT_EQ(::base_version(), 0);
    ::base_global = 100;
    std::vector<std::unique_ptr<User>> users;
    std::vector<Expectation> expected;
    for (const int version : versions) {
        users.push_back(std::make_unique<User>(version));
        expected.push_back({version, 200 + version, 100 + version});
    }
    const auto check_all = [&](std::size_t first) {
        for (std::size_t i = first; i < users.size(); ++i) expect(*users[i], expected[i]);
        EXPECT_EQ(::base_version(), 0);
    };
    check_all(0);
    EXPECT_EQ(::base_global, 100);

    ::base_global = 1000;
    for (std::size_t i = 0; i < users.size(); ++i) {
        expected[i].global = users[i]->global() = 2000 + static_cast<int>(i);
        expected[i].base_global = users[i]->base_global() = 3000 + static_cast<int>(i);
    }
    check_all(0);
    EXPECT_EQ(::base_global, 1000);

    for (std::size_t i = 0; i < users.size(); ++i) {
        users[i]->unload();
        check_all(i + 1);
        EXPECT_EQ(::base_global, 1000);
    }
}

TEST(Isolation, TwoUsersOfDifferentVersionsOfOneLibrary) { run_experiment({1, 2}); }

TEST(Isolation, TheSameUserTwice) { run_experiment({1, 1}); }

TEST(Isolation, ManyUsers) { run_experiment({2, 1, 2, 1, 1}); }

TEST(Isolation, EachUserHasItsOwnCLibrary) {
    const User a(1), b(1);
    EXPECT_NE(a.address_of_free(), b.address_of_free());
    EXPECT_NE(a.address_of_free(), reinterpret_cast<void*>(&std::free));
}

TEST(Isolation, AnEnvironmentStaysWhatItWasWhenTheLibraryWasLoaded) {
    setenv("ISOLATION_TEST", "before", 1);
    const User user(1);
    setenv("ISOLATION_TEST", "after", 1);
    for (int i = 0; i < 1000; ++i) setenv(("ISOLATION_TEST_" + std::to_string(i)).c_str(), "x", 1);
    EXPECT_EQ(user.variable("ISOLATION_TEST"), "before");
    EXPECT_EQ(user.variable("ISOLATION_TEST_1"), "");
}

} // namespace
} // namespace batsim
