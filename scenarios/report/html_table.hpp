#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace peerscape::report {

struct Column {
    std::string title;
    std::string unit;  ///< of all its figures; empty: none, or each has its own
    bool isNumber = false;
};

/// A table of the page: its caption, columns, and rows of HTML. The first cell of a row is its heading.
class HtmlTable {
  public:
    HtmlTable(std::string caption, std::vector<Column> columns);

    /// As many cells as columns, each escaped already. `classes` of the row.
    void addRow(std::vector<std::string> cells, std::string classes = {});
    bool isEmpty() const { return rows_.empty(); }
    void write(std::ostream& out) const;

  private:
    struct Row {
        std::vector<std::string> cells;
        std::string classes;
    };
    std::string caption_;
    std::vector<Column> columns_;
    std::vector<Row> rows_;
};

}  // namespace peerscape::report
