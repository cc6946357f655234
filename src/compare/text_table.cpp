// text_table.cpp - columns of text, aligned, for people to read.
#include "compare/text_table.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace batsim {

namespace {

constexpr const char* kGap = "  ";

std::string right_aligned(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

// All cells of a column and its name, equally long.
std::vector<std::string> lines_of(const TextTable::Column& column) {
    std::size_t value_width = 0, half_width = 0;
    bool has_marks = false;
    for (const NumberCell& cell : column.cells) {
        value_width = std::max(value_width, cell.value.size());
        half_width = std::max(half_width, cell.half_width.size());
        has_marks = has_marks || cell.is_marked;
    }
    std::vector<std::string> lines{column.name};
    for (const NumberCell& cell : column.cells) {
        std::string line = right_aligned(cell.value, value_width);
        if (half_width > 0)
            line += (cell.half_width.empty() ? "    " : " +- ") +
                    right_aligned(cell.half_width, half_width);
        if (has_marks) line += cell.is_marked ? " *" : "  ";
        lines.push_back(std::move(line));
    }
    std::size_t width = 0;
    for (const std::string& line : lines) width = std::max(width, line.size());
    for (std::string& line : lines) line = right_aligned(line, width);
    return lines;
}

std::vector<std::string> first_column(const std::vector<std::string>& labels) {
    std::vector<std::string> lines{""};
    lines.insert(lines.end(), labels.begin(), labels.end());
    std::size_t width = 0;
    for (const std::string& line : lines) width = std::max(width, line.size());
    for (std::string& line : lines) line.resize(width, ' ');
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines)
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    return text;
}

} // namespace

std::string TextTable::text(std::size_t width) const {
    std::string text;
    std::vector<std::string> block = first_column(labels_);
    bool is_empty = true;
    for (const Column& column : columns_) {
        const std::vector<std::string> lines = lines_of(column);
        if (!is_empty && block[0].size() + 2 + lines[0].size() > width) {
            text += joined(block) + "\n";
            block = first_column(labels_);
        }
        is_empty = false;
        for (std::size_t i = 0; i < block.size(); ++i) block[i] += kGap + lines[i];
    }
    return text + joined(block);
}

std::string wrapped(const std::string& text, std::size_t indentation, std::size_t width) {
    const std::string margin(indentation, ' ');
    std::string lines;
    std::string line = margin;
    for (const std::string& word : split(text, ' ')) {
        if (line.size() > indentation && line.size() + 1 + word.size() > width) {
            lines += line + "\n";
            line = margin;
        }
        line += (line.size() > indentation ? " " : "") + word;
    }
    return lines + line + "\n";
}

} // namespace batsim
