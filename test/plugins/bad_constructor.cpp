// bad_constructor.cpp - does not survive being loaded.
#include <batsched.hpp>
#include <cstdlib>
#include <stdexcept>

namespace {

const int kNotSurvived = [] {
#ifdef EXIT_IN_CONSTRUCTOR
    std::exit(5);
#elif defined(THROW_IN_CONSTRUCTOR)
    throw std::runtime_error("not today");
#elif defined(LOOP_IN_CONSTRUCTOR)
    volatile bool forever = true;
    while (forever) {
    }
#else
    volatile int* volatile nowhere = nullptr; // volatile: the compiler must not know
    *nowhere = 1;
#endif
    return 0;
}();

class BadConstructor : public batsched::Scheduler {
  public:
    using Scheduler::Scheduler;

  private:
    void on_decide() override { simulator().debug(std::to_string(kNotSurvived)); }
};

} // namespace

BATSCHED_PLUGIN(BadConstructor, "bad-constructor", "1.0.0", "Does not survive being loaded");
