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

void EventsCsv::take(std::span<const Record> records) {
    constexpr std::int64_t kNanoseconds = 1'000'000'000;
    fmt::memory_buffer rows;
    auto out = std::back_inserter(rows);
    for (const Record& r : records) {
        const RecordText text = describe(world_, r);
        fmt::format_to(out, "{},", r.id.value());
        if (r.cause.isSome()) fmt::format_to(out, "{}", r.cause.value());
        fmt::format_to(out, ",{},{}.{:09},", r.time.count(), r.time.count() / kNanoseconds,
                       r.time.count() % kNanoseconds);
        if (r.node.isSome()) fmt::format_to(out, "{}", csvField(world_.topology().node(r.node).name));
        fmt::format_to(out, ",{},{},{},", text.kind, csvField(text.interface), csvField(text.protocol));
        if (text.bytes) fmt::format_to(out, "{}", *text.bytes);
        fmt::format_to(out, ",{}\r\n", csvField(text.detail));
    }
    out_.write(rows.data(), static_cast<std::streamsize>(rows.size()));
}

}  // namespace peerscape::report
