#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "engine/base/hash.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/small_vector.hpp"

namespace peerscape::bgp {

/// The types of path segments, with their numbers on the wire (RFC 4271 section 4.3, RFC 5065 section 3).
enum class SegmentType : std::uint8_t { Set = 1, Sequence = 2, ConfedSequence = 3, ConfedSet = 4 };

/// Most numbers in one segment: the field of its length is one octet.
inline constexpr std::size_t kLongestSegment = 255;

/// One segment of an AS path. A set is kept in ascending order without repetitions.
struct AsSegment {
    SegmentType type = SegmentType::Sequence;
    /// Few paths are longer than eight hops: those lie in the segment itself.
    SmallVector<std::uint32_t, 8> numbers;

    friend bool operator==(const AsSegment&, const AsSegment&) = default;
};

/// The AS_PATH attribute as a value (RFC 4271 section 5.1.2): the ASes a route has come through, the nearest
/// first. Numbers have four octets whatever the session that brought them.
class AsPath {
  public:
    AsPath() = default;
    /// A single sequence.
    static AsPath sequence(std::span<const std::uint32_t> numbers);

    bool isEmpty() const { return segments_.empty(); }
    std::span<const AsSegment> segments() const { return {segments_.data(), segments_.size()}; }
    /// Adds a segment behind the others, as a decoder reads them.
    void append(AsSegment segment);

    /// The length that the decision process compares: an AS_SET counts 1, confederation segments count 0
    /// unless asked for (RFC 4271 section 9.1.2.2 a, RFC 5065 section 5.3).
    std::size_t length(bool countsConfederation = false) const;
    bool contains(Asn number) const;
    std::size_t countOf(Asn number) const;
    /// The neighbouring AS: the first of the leftmost sequence outside the confederation; none for paths that
    /// begin with a set, or are empty (RFC 4271 section 9.1.2.2 c).
    std::optional<Asn> first() const;
    /// The AS that originated the route: the last number; none when the path is empty or ends in a set
    /// (RFC 6811 section 2).
    std::optional<Asn> origin() const;

    /// Puts the number in front `count` times, into the first segment where that is a sequence with room
    /// (RFC 4271 section 5.1.2); with `isConfederation` into an AS_CONFED_SEQUENCE (RFC 5065 section 4).
    void prepend(Asn number, std::size_t count = 1, bool isConfederation = false);
    /// Puts all of the other path in front of this one.
    void prepend(const AsPath& other);
    /// Without the confederation segments at its head (RFC 5065 section 4.1 c).
    void removeConfederation();
    bool hasConfederation() const;
    /// Every number `from` becomes `to`.
    void replace(Asn from, Asn to);
    /// Takes every occurrence of the number away; segments that become empty go too.
    void remove(Asn number);

    /// "65001 65002 {65003,65004}", confederation segments as "(65001 65002)" and "[65001,65002]": what
    /// regular expressions are matched against and tables show.
    std::string text() const;
    void addTo(StableHash& hash) const;

    friend bool operator==(const AsPath&, const AsPath&) = default;

  private:
    SmallVector<AsSegment, 1> segments_;
};

}  // namespace peerscape::bgp
