// statistics.hpp - means with confidence intervals, and quantiles.
#ifndef BATSIM_COMPARE_STATISTICS_HPP
#define BATSIM_COMPARE_STATISTICS_HPP

#include <cstddef>
#include <optional>
#include <vector>

namespace batsim {

// What a sample says about the mean of the distribution that it is from.
struct Estimate {
    std::size_t count = 0; // values in the sample
    double mean = 0;
    // The mean lies within mean +- half_width with a probability of 95 %, if the values are
    // independent and normally distributed. Nothing for a sample of one.
    std::optional<double> half_width;

    // Whether all values are zero, as far as the estimate tells.
    bool is_zero() const { return mean == 0 && half_width.value_or(0) == 0; }
    // Whether the interval leaves out zero.
    bool differs_from_zero() const;
};

// mean +- t s / sqrt(n), with the quantile t of Student's t-distribution at 97.5 % with n - 1 degrees
// of freedom, and the standard deviation s of the sample with n - 1 in the denominator (Law,
// Simulation Modeling and Analysis, section 4.5). Nothing for an empty sample.
std::optional<Estimate> estimate(const std::vector<double>& sample);

// The value that a variable with Student's t-distribution does not exceed with this probability, from
// 0.5 to 1 without 1.
double student_t_quantile(double probability, std::size_t degrees_of_freedom);

// The q-quantile of sorted values by linear interpolation: definition 7 of Hyndman and Fan, "Sample
// quantiles in statistical packages", The American Statistician 50(4), 1996, as in R and NumPy. 0 if
// there are none.
double quantile(const std::vector<double>& sorted, double q);

} // namespace batsim

#endif
