#pragma once

#include <iosfwd>
#include <span>
#include <string>

#include "engine/record/record.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape::report {

/// What is no event of the network, but follows from one: a row without a number.
struct Conclusion {
    SimTime time;
    NodeId node;
    RecordId cause;  ///< none: it is not known
    std::string kind;
    std::string detail;
};

/// events.csv: one row per record, written as they come (RFC 4180, UTF-8).
class EventsCsv {
  public:
    /// Writes the line of column names.
    EventsCsv(std::ostream& out, const Simulation& world);
    void take(std::span<const Record> records);
    void take(const Conclusion& conclusion);

  private:
    struct Row;
    void write(const Row& row);

    std::ostream& out_;
    const Simulation& world_;
};

}  // namespace peerscape::report
