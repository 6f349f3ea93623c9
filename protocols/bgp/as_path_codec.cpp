#include "protocols/bgp/as_path_codec.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "protocols/bgp/wire.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint32_t kLargestOfTwoOctets = 0xffff;

bool isSet(SegmentType type) { return type == SegmentType::Set || type == SegmentType::ConfedSet; }
bool isConfederation(SegmentType type) {
    return type == SegmentType::ConfedSequence || type == SegmentType::ConfedSet;
}

void encodeSegment(SegmentType type, std::span<const std::uint32_t> numbers, NumberSize size,
                   ByteWriter& out) {
    out.u8(static_cast<std::uint8_t>(type));
    out.u8(static_cast<std::uint8_t>(numbers.size()));
    for (const std::uint32_t number : numbers) {
        if (size == NumberSize::Four) {
            out.u32(number);
        } else {
            out.u16(static_cast<std::uint16_t>(number > kLargestOfTwoOctets ? kAsTrans : number));
        }
    }
}

}  // namespace

Bytes encodeAsPath(const AsPath& path, NumberSize size) {
    ByteWriter out;
    for (const AsSegment& segment : path.segments()) {
        std::span<const std::uint32_t> numbers(segment.numbers);
        while (!numbers.empty()) {
            const auto part = numbers.first(std::min(numbers.size(), kLongestSegment));
            encodeSegment(segment.type, part, size, out);
            numbers = numbers.subspan(part.size());
        }
    }
    return out.take();
}

std::expected<AsPath, std::string> decodeAsPath(ByteView bytes, NumberSize size) {
    AsPath path;
    ByteReader in(bytes);
    while (in.left() > 0) {
        const std::uint8_t type = in.u8();
        const std::size_t count = in.u8();
        if (in.ranOut()) return std::unexpected("a path segment is cut off");
        if (type < 1 || type > 4)
            return std::unexpected(fmt::format("path segment of unknown type {}", type));
        if (count == 0) return std::unexpected("a path segment is empty");
        if (in.left() < count * static_cast<std::size_t>(size))
            return std::unexpected("a path segment is cut off");
        AsSegment segment{static_cast<SegmentType>(type), {}};
        segment.numbers.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            segment.numbers.push_back(size == NumberSize::Four ? in.u32() : in.u16());
        if (std::ranges::find(segment.numbers, 0U) != segment.numbers.end())
            return std::unexpected("AS 0 stands in the path");
        path.append(std::move(segment));
    }
    return path;
}

bool hasLargeNumber(const AsPath& path) {
    return std::ranges::any_of(path.segments(), [](const AsSegment& segment) {
        return std::ranges::any_of(segment.numbers,
                                   [](std::uint32_t number) { return number > kLargestOfTwoOctets; });
    });
}

AsPath withoutConfederation(const AsPath& path) {
    AsPath rest;
    for (const AsSegment& segment : path.segments()) {
        if (!isConfederation(segment.type)) rest.append(segment);
    }
    return rest;
}

AsPath merge(const AsPath& path, const AsPath& as4Path) {
    if (path.length() < as4Path.length()) return path;
    std::size_t missing = path.length() - as4Path.length();
    AsPath merged;
    for (const AsSegment& segment : path.segments()) {
        // Confederation segments count nothing: those in front, and beside segments that are taken, go along.
        if (isConfederation(segment.type)) {
            merged.append(segment);
            continue;
        }
        if (missing == 0) break;
        if (isSet(segment.type)) {
            merged.append(segment);
            --missing;
            continue;
        }
        const std::size_t count = std::min(missing, segment.numbers.size());
        merged.append({segment.type, {segment.numbers.begin(), segment.numbers.begin() + count}});
        missing -= count;
        if (count < segment.numbers.size()) break;
    }
    AsPath whole = as4Path;
    whole.prepend(merged);
    return whole;
}

}  // namespace peerscape::bgp
