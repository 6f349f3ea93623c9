#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/small_vector.hpp"
#include "protocols/eigrp/metric.hpp"

/// What stands behind the header of an EIGRP packet: TLVs (RFC 7868, sections 6.6 to 6.9) as values. Each
/// holds all that its bytes say, so that it is written again as it was read.
namespace peerscape::eigrp {

/// Bytes of type and length, which the length counts as well (RFC 7868, 6.6.2).
inline constexpr std::size_t kTlvHeaderSize = 4;

/// RFC 7868, 6.7, 6.8.5, 6.8.6 and 6.9.1.
enum class TlvType : std::uint16_t {
    Parameter = 0x0001,
    Authentication = 0x0002,
    Sequence = 0x0003,
    SoftwareVersion = 0x0004,
    MulticastSequence = 0x0005,
    PeerInformation = 0x0006,
    PeerTermination = 0x0007,
    TidList = 0x0008,
    OldTidList = 0x00f5,  ///< as IOS 12.4 to 15 send it; not in the RFC
    Internal4 = 0x0102,
    External4 = 0x0103,
    Community4 = 0x0104,
    Internal6 = 0x0402,
    External6 = 0x0403,
    Community6 = 0x0404,
    WideInternal = 0x0602,
    WideExternal = 0x0603,
};

/// RFC 7868, 6.7.1.
struct Parameter {
    KValues kValues;
    std::uint16_t holdTime = 15;  ///< seconds

    friend bool operator==(const Parameter&, const Parameter&) = default;
};

/// RFC 7868, 6.7.2, with the fields that routers really send: type and length of 16 bits each, key, key
/// sequence, eight bytes of zeros, digest.
struct Authentication {
    static constexpr std::uint16_t kMd5 = 2;
    static constexpr std::uint16_t kSha256 = 3;
    static constexpr std::size_t kMd5Size = 16;
    static constexpr std::size_t kSha256Size = 32;
    /// Where the digest begins, counted from the TLV's type.
    static constexpr std::size_t kDigestOffset = 24;

    std::uint16_t type = kMd5;
    std::uint32_t keyId = 0;
    std::uint32_t keySequence = 0;
    std::array<std::uint8_t, 8> padding{};
    Bytes digest;

    friend bool operator==(const Authentication&, const Authentication&) = default;
};

/// RFC 7868, 6.7.3: who is not to accept the packets with the CR flag that follow.
struct Sequence {
    std::vector<IpAddress> addresses;

    friend bool operator==(const Sequence&, const Sequence&) = default;
};

/// RFC 7868, 6.7.4. The TLV version says which route TLVs the sender reads: 1.2 classic, 2.0 wide as well.
struct SoftwareVersion {
    std::uint8_t vendorMajor = 0;
    std::uint8_t vendorMinor = 0;
    std::uint8_t tlvMajor = 1;
    std::uint8_t tlvMinor = 2;

    bool readsWideMetrics() const { return tlvMajor >= 2; }

    friend bool operator==(const SoftwareVersion&, const SoftwareVersion&) = default;
};

/// RFC 7868, 6.7.5: the sequence number of the multicast packet that comes next.
struct MulticastSequence {
    std::uint32_t sequence = 0;

    friend bool operator==(const MulticastSequence&, const MulticastSequence&) = default;
};

/// RFC 7868, 6.7.6 reserves it; routers say in it that they are stubs, and what they announce all the same.
/// The bits are those of Wireshark, whose dissector comes from Cisco; scapy takes 0x08, 0x10 and 0x20 for
/// receive-only, redistributed and leak-map.
struct PeerInformation {
    static constexpr std::uint16_t kConnected = 0x01;
    static constexpr std::uint16_t kStatic = 0x02;
    static constexpr std::uint16_t kSummary = 0x04;
    static constexpr std::uint16_t kRedistributed = 0x08;
    static constexpr std::uint16_t kLeakMap = 0x10;
    static constexpr std::uint16_t kReceiveOnly = 0x20;

    std::uint16_t stubFlags = 0;

    friend bool operator==(const PeerInformation&, const PeerInformation&) = default;
};

/// RFC 7868, 6.7.7: the neighbours that the sender has dropped. As in the sequence TLV, the length of an
/// address stands in front of it.
struct PeerTermination {
    std::vector<IpAddress> addresses;

    friend bool operator==(const PeerTermination&, const PeerTermination&) = default;
};

/// RFC 7868, 6.7.8, with the flags and the length in front of the list that routers really send.
struct TidList {
    bool hasOldType = false;  ///< 0x00f5
    std::uint16_t flags = 0;
    std::vector<std::uint16_t> topologies;  ///< 0 is the base topology

    friend bool operator==(const TidList&, const TidList&) = default;
};

/// RFC 7868, 6.8.2: a metric as classic packets have it.
struct ClassicMetric {
    std::uint32_t scaledDelay = 0;
    std::uint32_t scaledBandwidth = 0;
    std::uint32_t mtu = 0;  ///< 24 bits
    std::uint8_t hopCount = 0;
    std::uint8_t reliability = 255;
    std::uint8_t load = 1;
    std::uint8_t internalTag = 0;
    std::uint8_t flags = 0;  ///< see RouteFlag

    static ClassicMetric from(const VectorMetric& metric);
    VectorMetric vector() const;

    friend bool operator==(const ClassicMetric&, const ClassicMetric&) = default;
};

/// RFC 7868, 6.9.2: a metric as wide packets have it.
struct WideMetric {
    std::uint8_t priority = 0;
    std::uint8_t reliability = 255;
    std::uint8_t load = 1;
    std::uint32_t mtu = 0;  ///< 24 bits
    std::uint8_t hopCount = 0;
    std::uint64_t delay = 0;      ///< picoseconds, 48 bits; all ones: unreachable
    std::uint64_t bandwidth = 0;  ///< kbit/s, 48 bits; all ones: unreachable
    std::uint16_t reserved = 0;
    std::uint16_t opaqueFlags = 0;          ///< see RouteFlag
    SharedValue<Bytes> extendedAttributes;  ///< a whole number of 16-bit words, at most 255 of them

    static WideMetric from(const VectorMetric& metric);
    VectorMetric vector() const;

    friend bool operator==(const WideMetric&, const WideMetric&) = default;
};

/// Bits of the flags of a metric (RFC 7868, 6.8.1 and 6.9.2). Those of an exterior section differ: 0x01 says
/// external.
struct RouteFlag {
    static constexpr std::uint8_t kSourceWithdraw = 0x01;
    static constexpr std::uint8_t kCandidateDefault = 0x02;
    static constexpr std::uint8_t kActive = 0x04;
    static constexpr std::uint8_t kReplicated = 0x08;
};

/// Where an external route came from (RFC 7868, 6.2).
enum class ExternalProtocol : std::uint8_t {
    Igrp = 1,
    Eigrp = 2,
    Static = 3,
    Rip = 4,
    Hello = 5,
    Ospf = 6,
    Isis = 7,
    Egp = 8,
    Bgp = 9,
    Idrp = 10,
    Connected = 11,
};

/// RFC 7868, 6.8.3: what is known of a route from outside.
struct Exterior {
    std::uint32_t routerId = 0;
    std::uint32_t autonomousSystem = 0;
    std::uint32_t administrativeTag = 0;
    std::uint32_t metric = 0;
    std::uint16_t reserved = 0;
    ExternalProtocol protocol{};  ///< 0, or any number that somebody sends
    std::uint8_t flags = 0;

    friend bool operator==(const Exterior&, const Exterior&) = default;
};

/// What only wide routes have (RFC 7868, 6.9.1).
struct WideHeader {
    std::uint16_t topology = 0;  ///< TID; 0 is the base topology
    std::uint32_t routerId = 0;

    friend bool operator==(const WideHeader&, const WideHeader&) = default;
};

/// Real routers send one in each route.
using Destinations = SmallVector<Prefix, 1>;

/// Destinations with one metric: the TLVs of RFC 7868, 6.8.5.1, 6.8.5.2, 6.8.6.1, 6.8.6.2 and 6.9.6. A wide
/// route has a wide header and a wide metric, an external one has an exterior section.
struct Route {
    Family family = Family::IPv4;
    IpAddress nextHop;  ///< of the same family; 0.0.0.0 or :: means the sender
    std::optional<Exterior> exterior;
    std::optional<WideHeader> wide;
    std::variant<ClassicMetric, WideMetric> metric;
    Destinations destinations;
    /// The last destination is a default route behind whose length no byte follows, as a sentence of RFC
    /// 7868, 6.8.4 has it. By its formula, and on real wires, one does.
    bool hasBareDefault = false;

    bool isExternal() const { return exterior.has_value(); }
    bool isWide() const { return wide.has_value(); }
    VectorMetric vector() const;
    TlvType type() const;

    friend bool operator==(const Route&, const Route&) = default;
};

/// RFC 7868, 6.8.5.3 and 6.8.6.3: communities (6.4) of one destination.
struct Community {
    IpAddress destination;
    std::uint16_t reserved = 0;
    std::vector<std::uint64_t> communities;

    friend bool operator==(const Community&, const Community&) = default;
};

/// A TLV that is not understood: skipped by routers (RFC 7868, 6.6), kept here.
struct OtherTlv {
    std::uint16_t type = 0;
    Bytes value;  ///< behind type and length

    friend bool operator==(const OtherTlv&, const OtherTlv&) = default;
};

using Tlv = std::variant<Parameter, Authentication, Sequence, SoftwareVersion, MulticastSequence,
                         PeerInformation, PeerTermination, TidList, Route, Community, OtherTlv>;

/// The TLVs of a packet, which copies share: the neighbours that get it, and retransmissions.
class TlvList {
  public:
    TlvList() = default;
    TlvList(std::vector<Tlv> tlvs) : tlvs_(std::move(tlvs)) {}
    TlvList(std::initializer_list<Tlv> tlvs) : tlvs_(std::vector<Tlv>(tlvs)) {}

    auto begin() const { return tlvs_->begin(); }
    auto end() const { return tlvs_->end(); }
    bool empty() const { return tlvs_->empty(); }
    std::size_t size() const { return tlvs_->size(); }
    const Tlv& front() const { return tlvs_->front(); }
    const Tlv& operator[](std::size_t position) const { return (*tlvs_)[position]; }
    void push_back(Tlv tlv) { tlvs_.edit().push_back(std::move(tlv)); }
    /// For changing; copies stay as they are.
    std::vector<Tlv>& edit() { return tlvs_.edit(); }

    friend bool operator==(const TlvList&, const TlvList&) = default;

  private:
    SharedValue<std::vector<Tlv>> tlvs_;
};

}  // namespace peerscape::eigrp
