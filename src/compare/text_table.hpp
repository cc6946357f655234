// text_table.hpp - columns of text, aligned, for people to read.
#ifndef BATSIM_COMPARE_TEXT_TABLE_HPP
#define BATSIM_COMPARE_TEXT_TABLE_HPP

#include <cstddef>
#include <string>
#include <vector>

namespace batsim {

// A cell "-4.01 +- 0.12 *": both numbers are aligned at their right ends with those above and below.
struct NumberCell {
    std::string value;
    std::string half_width; // "" if there is none
    bool is_marked = false;
};

// A TextTable has a label in front of each row and a name above each column.
class TextTable {
  public:
    struct Column {
        std::string name;
        std::vector<NumberCell> cells; // one for each row
    };

    explicit TextTable(std::vector<std::string> labels) : labels_(std::move(labels)) {}
    void add(Column column) { columns_.push_back(std::move(column)); }

    // Lines of at most `width` characters: if there are more columns than fit, the rest follow below in
    // further blocks.
    std::string text(std::size_t width) const;

  private:
    std::vector<std::string> labels_;
    std::vector<Column> columns_;
};

// The words of a text in lines of at most `width` characters (longer words stay whole), each after so
// many spaces and ended by a newline.
std::string wrapped(const std::string& text, std::size_t indentation, std::size_t width);

} // namespace batsim

#endif
