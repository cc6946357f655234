// shared_text.hpp - a short text in memory that child processes share.
#ifndef BATSIM_CHECK_SHARED_TEXT_HPP
#define BATSIM_CHECK_SHARED_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace batsim {

// A SharedText outlives the child process that has set it. What does not fit is cut off.
class SharedText {
  public:
    SharedText();
    ~SharedText();
    SharedText(const SharedText&) = delete;
    SharedText& operator=(const SharedText&) = delete;

    void set(std::string_view text);
    std::string text() const { return {page_, size()}; }

  private:
    std::size_t size() const;

    char* page_; // ends with a 0 byte at the latest at its end
};

} // namespace batsim

#endif
