#include "scenarios/report/html_table.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>

#include "engine/base/check.hpp"
#include "scenarios/report/markup.hpp"

namespace peerscape::report {

HtmlTable::HtmlTable(std::string caption, std::vector<Column> columns)
    : caption_(std::move(caption)), columns_(std::move(columns)) {}

void HtmlTable::addRow(std::vector<std::string> cells, std::string classes) {
    PEERSCAPE_CHECK(cells.size() == columns_.size());
    rows_.push_back({std::move(cells), std::move(classes)});
}

void HtmlTable::write(std::ostream& out) const {
    // Columns of figures are hard to read when they stand far apart.
    const bool isNarrow = std::all_of(columns_.begin() + 1, columns_.end(),
                                      [](const Column& column) { return column.isNumber; });
    // Wide tables scroll by themselves on small screens; who has only a keyboard must be able to reach them.
    out << fmt::format(
        "<div class=\"scroll\" role=\"region\" aria-label=\"{0}\" tabindex=\"0\">\n<table{1}>\n"
        "<caption>{0}</caption>\n<thead><tr>",
        escaped(caption_), isNarrow ? " class=\"narrow\"" : "");
    for (const Column& column : columns_) {
        out << fmt::format("<th scope=\"col\"{}>{}", column.isNumber ? " class=\"number\"" : "",
                           escaped(column.title));
        if (!column.unit.empty()) out << fmt::format(" <span class=\"unit\">{}</span>", escaped(column.unit));
        out << "</th>";
    }
    out << "</tr></thead>\n<tbody>\n";
    for (const Row& row : rows_) {
        out << (row.classes.empty() ? "<tr>" : fmt::format("<tr class=\"{}\">", row.classes));
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const std::string_view tag = i == 0 ? "th scope=\"row\"" : "td";
            out << fmt::format("<{}{}>{}</{}>", tag, columns_[i].isNumber ? " class=\"number\"" : "",
                               row.cells[i], i == 0 ? "th" : "td");
        }
        out << "</tr>\n";
    }
    out << "</tbody>\n</table>\n</div>\n";
}

}  // namespace peerscape::report
