#include "protocols/bgp/as_path.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace peerscape::bgp {
namespace {

bool isConfederation(const AsSegment& segment) {
    return segment.type == SegmentType::ConfedSequence || segment.type == SegmentType::ConfedSet;
}
bool isSet(const AsSegment& segment) {
    return segment.type == SegmentType::Set || segment.type == SegmentType::ConfedSet;
}

std::string textOf(const AsSegment& segment) {
    const char separator = isSet(segment) ? ',' : ' ';
    std::string text;
    for (const std::uint32_t number : segment.numbers) {
        if (!text.empty()) text += separator;
        text += fmt::format("{}", number);
    }
    switch (segment.type) {
        case SegmentType::Set:
            return "{" + text + "}";
        case SegmentType::Sequence:
            return text;
        case SegmentType::ConfedSequence:
            return "(" + text + ")";
        case SegmentType::ConfedSet:
            return "[" + text + "]";
    }
    return text;
}

}  // namespace

AsPath AsPath::sequence(std::span<const std::uint32_t> numbers) {
    AsPath path;
    while (!numbers.empty()) {
        const auto part = numbers.first(std::min(numbers.size(), kLongestSegment));
        path.segments_.push_back({SegmentType::Sequence, {part.begin(), part.end()}});
        numbers = numbers.subspan(part.size());
    }
    return path;
}

void AsPath::append(AsSegment segment) {
    if (isSet(segment)) {
        std::ranges::sort(segment.numbers);
        const auto repeated = std::ranges::unique(segment.numbers);
        segment.numbers.erase(repeated.begin(), repeated.end());
    }
    segments_.push_back(std::move(segment));
}

std::size_t AsPath::length(bool countsConfederation) const {
    std::size_t length = 0;
    for (const AsSegment& segment : segments_) {
        if (isConfederation(segment) && !countsConfederation) continue;
        length += isSet(segment) ? 1 : segment.numbers.size();
    }
    return length;
}

bool AsPath::contains(Asn number) const {
    return std::ranges::any_of(segments_, [&](const AsSegment& segment) {
        return std::ranges::find(segment.numbers, number.value()) != segment.numbers.end();
    });
}

std::size_t AsPath::countOf(Asn number) const {
    std::size_t count = 0;
    for (const AsSegment& segment : segments_)
        count += static_cast<std::size_t>(std::ranges::count(segment.numbers, number.value()));
    return count;
}

std::optional<Asn> AsPath::first() const {
    for (const AsSegment& segment : segments_) {
        if (isConfederation(segment)) continue;
        if (segment.type != SegmentType::Sequence || segment.numbers.empty()) return std::nullopt;
        return Asn::number(segment.numbers.front());
    }
    return std::nullopt;
}

std::optional<Asn> AsPath::origin() const {
    if (segments_.empty() || segments_.back().numbers.empty()) return std::nullopt;
    if (segments_.back().type != SegmentType::Sequence) return std::nullopt;
    return Asn::number(segments_.back().numbers.back());
}

void AsPath::prepend(Asn number, std::size_t count, bool isConfederation) {
    const SegmentType type = isConfederation ? SegmentType::ConfedSequence : SegmentType::Sequence;
    for (; count > 0; --count) {
        const bool hasRoom = !segments_.empty() && segments_.front().type == type &&
                             segments_.front().numbers.size() < kLongestSegment;
        if (!hasRoom) segments_.insert(segments_.begin(), AsSegment{type, {}});
        auto& numbers = segments_.front().numbers;
        numbers.insert(numbers.begin(), number.value());
    }
}

void AsPath::prepend(const AsPath& other) {
    for (auto segment = other.segments_.rbegin(); segment != other.segments_.rend(); ++segment) {
        const bool isJoined = !segments_.empty() && segment->type == SegmentType::Sequence &&
                              segments_.front().type == SegmentType::Sequence &&
                              segments_.front().numbers.size() + segment->numbers.size() <= kLongestSegment;
        if (!isJoined) {
            segments_.insert(segments_.begin(), *segment);
            continue;
        }
        auto& numbers = segments_.front().numbers;
        numbers.insert(numbers.begin(), segment->numbers.begin(), segment->numbers.end());
    }
}

void AsPath::removeConfederation() {
    const auto firstOther = std::ranges::find_if_not(segments_, isConfederation);
    segments_.erase(segments_.begin(), firstOther);
}

bool AsPath::hasConfederation() const { return std::ranges::any_of(segments_, isConfederation); }

void AsPath::replace(Asn from, Asn to) {
    for (AsSegment& segment : segments_)
        std::ranges::replace(segment.numbers, from.value(), to.value());
}

void AsPath::remove(Asn number) {
    for (AsSegment& segment : segments_) {
        const auto gone = std::ranges::remove(segment.numbers, number.value());
        segment.numbers.erase(gone.begin(), gone.end());
    }
    const auto empty =
        std::ranges::remove_if(segments_, [](const AsSegment& s) { return s.numbers.empty(); });
    segments_.erase(empty.begin(), empty.end());
}

std::string AsPath::text() const {
    std::string text;
    for (const AsSegment& segment : segments_) {
        if (!text.empty()) text += ' ';
        text += textOf(segment);
    }
    return text;
}

void AsPath::addTo(StableHash& hash) const {
    hash.add(segments_.size());
    for (const AsSegment& segment : segments_) {
        hash.add(static_cast<std::uint64_t>(segment.type)).add(segment.numbers.size());
        for (const std::uint32_t number : segment.numbers)
            hash.add(number);
    }
}

}  // namespace peerscape::bgp
