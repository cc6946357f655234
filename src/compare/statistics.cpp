// statistics.cpp - means with confidence intervals, and quantiles.
#include "compare/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace batsim {

namespace {

constexpr double kHalfPi = 1.57079632679489661923;
constexpr double kUpperTail = 0.975; // of an interval with both tails of 2.5 %

// The probability that |t| does not exceed sqrt(n) tan(angle): Abramowitz and Stegun, Handbook of
// Mathematical Functions, 26.7.3 and 26.7.4, finite sums for n degrees of freedom.
double two_sided_probability(double angle, std::size_t n) {
    const double sine = std::sin(angle), cosine = std::cos(angle);
    const bool is_odd = n % 2 == 1;
    double term = is_odd ? cosine : 1;
    double sum = n == 1 ? 0 : term;
    for (std::size_t k = is_odd ? 3 : 2; k + 2 <= n; k += 2) {
        term *= cosine * cosine * static_cast<double>(k - 1) / static_cast<double>(k);
        sum += term;
    }
    return is_odd ? (angle + sine * sum) / kHalfPi : sine * sum;
}

double mean_of(const std::vector<double>& sample) {
    double sum = 0;
    for (const double value : sample) sum += value;
    const double mean = sum / static_cast<double>(sample.size());
    // Rounding must not make a mean of equal values another value.
    const auto [least, most] = std::minmax_element(sample.begin(), sample.end());
    return std::clamp(mean, *least, *most);
}

double standard_deviation(const std::vector<double>& sample, double mean) {
    double sum = 0;
    for (const double value : sample) sum += (value - mean) * (value - mean);
    return std::sqrt(sum / static_cast<double>(sample.size() - 1));
}

} // namespace

bool Estimate::differs_from_zero() const { return half_width && std::abs(mean) > *half_width; }

std::optional<Estimate> estimate(const std::vector<double>& sample) {
    if (sample.empty()) return std::nullopt;
    Estimate result{sample.size(), mean_of(sample), std::nullopt};
    if (sample.size() == 1) return result;
    const double t = student_t_quantile(kUpperTail, sample.size() - 1);
    result.half_width =
        t * standard_deviation(sample, result.mean) / std::sqrt(static_cast<double>(sample.size()));
    return result;
}

// By bisection of the angle, down to neighbouring doubles.
double student_t_quantile(double probability, std::size_t degrees_of_freedom) {
    const double wanted = 2 * probability - 1;
    double low = 0, high = kHalfPi;
    for (;;) {
        const double middle = (low + high) / 2;
        if (middle <= low || middle >= high) break;
        (two_sided_probability(middle, degrees_of_freedom) < wanted ? low : high) = middle;
    }
    return std::sqrt(static_cast<double>(degrees_of_freedom)) * std::tan(high);
}

double quantile(const std::vector<double>& sorted, double q) {
    if (sorted.empty()) return 0;
    const double position = q * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    if (below + 1 >= sorted.size()) return sorted.back();
    const double fraction = position - static_cast<double>(below);
    return sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
}

} // namespace batsim
