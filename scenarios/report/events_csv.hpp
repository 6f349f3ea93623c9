#pragma once

#include <iosfwd>
#include <span>

#include "engine/record/record.hpp"
#include "engine/sim/simulation.hpp"

namespace peerscape::report {

/// events.csv: one row per record, written as they come (RFC 4180, UTF-8).
class EventsCsv {
  public:
    /// Writes the line of column names.
    EventsCsv(std::ostream& out, const Simulation& world);
    void take(std::span<const Record> records);

  private:
    std::ostream& out_;
    const Simulation& world_;
};

}  // namespace peerscape::report
