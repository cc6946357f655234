// openmp.cpp - computes with OpenMP, whose library has threads and thread-local data of its own.
#include "guest.hpp"

namespace {

class OpenMp : public Guest {
  public:
    using Guest::Guest;

  private:
    void work() override {
        long sum = 0;
#pragma omp parallel for reduction(+ : sum) num_threads(4)
        for (long i = 1; i <= 1000; ++i) sum += i;
        if (sum != 500500) throw std::runtime_error("the threads have miscalculated");
    }
};

} // namespace

BATSCHED_PLUGIN(OpenMp, "openmp", "1.0.0", "Computes with OpenMP");
