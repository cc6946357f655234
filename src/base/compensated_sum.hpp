// compensated_sum.hpp - sums of doubles that do not lose small amounts beside large ones.
#ifndef BATSIM_BASE_COMPENSATED_SUM_HPP
#define BATSIM_BASE_COMPENSATED_SUM_HPP

#include <cmath>

namespace batsim {

// A CompensatedSum keeps what additions round off beside the sum (A. Neumaier, "Rundungsfehleranalyse
// einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974), so that differences of large
// sums are still known to their last digits.
class CompensatedSum {
  public:
    void add(double amount) {
        const double sum = sum_ + amount;
        lost_ += std::abs(sum_) >= std::abs(amount) ? (sum_ - sum) + amount : (amount - sum) + sum_;
        sum_ = sum;
    }
    void add(const CompensatedSum& other) {
        add(other.sum_);
        lost_ += other.lost_;
    }
    void subtract(const CompensatedSum& other) {
        add(-other.sum_);
        lost_ -= other.lost_;
    }
    double value() const { return sum_ + lost_; }

  private:
    double sum_ = 0, lost_ = 0;
};

} // namespace batsim

#endif
