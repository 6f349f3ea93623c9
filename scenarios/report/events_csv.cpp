#include "scenarios/report/events_csv.hpp"

#include <iterator>
#include <ostream>

#include <fmt/format.h>

#include "scenarios/report/markup.hpp"
#include "scenarios/report/record_text.hpp"

namespace peerscape::report {

EventsCsv::EventsCsv(std::ostream& out, const Simulation& world) : out_(out), world_(world) {
    out_ << "id,cause,time_ns,time_s,node,kind,interface,protocol,bytes,detail\r\n";
}

/// What stands in all columns.
struct EventsCsv::Row {
    RecordId id;
    RecordId cause;
    SimTime time;
    NodeId node;
    const RecordText& text;
};

void EventsCsv::take(std::span<const Record> records) {
    for (const Record& r : records)
        write({r.id, r.cause, r.time, r.node, describe(world_, r)});
}

void EventsCsv::take(const Conclusion& conclusion) {
    RecordText text;
    text.kind = conclusion.kind;
    text.detail = conclusion.detail;
    write({RecordId::none(), conclusion.cause, conclusion.time, conclusion.node, text});
}

void EventsCsv::write(const Row& row) {
    constexpr std::int64_t kNanoseconds = 1'000'000'000;
    fmt::memory_buffer line;
    auto out = std::back_inserter(line);
    if (row.id.isSome()) fmt::format_to(out, "{}", row.id.value());
    fmt::format_to(out, ",");
    if (row.cause.isSome()) fmt::format_to(out, "{}", row.cause.value());
    fmt::format_to(out, ",{},{}.{:09},", row.time.count(), row.time.count() / kNanoseconds,
                   row.time.count() % kNanoseconds);
    if (row.node.isSome()) fmt::format_to(out, "{}", csvField(world_.topology().node(row.node).name));
    fmt::format_to(out, ",{},{},{},", row.text.kind, csvField(row.text.interface),
                   csvField(row.text.protocol));
    if (row.text.bytes) fmt::format_to(out, "{}", *row.text.bytes);
    fmt::format_to(out, ",{}\r\n", csvField(row.text.detail));
    out_.write(line.data(), static_cast<std::streamsize>(line.size()));
}

}  // namespace peerscape::report
