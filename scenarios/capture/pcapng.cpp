#include "scenarios/capture/pcapng.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace peerscape::capture {

namespace {

constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterfaceDescription = 1;
constexpr std::uint32_t kEnhancedPacket = 6;

constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::uint32_t kLengthUnknown = 0xffffffff;
constexpr std::uint16_t kLinkTypeEthernet = 1;
constexpr std::uint32_t kNoSnapLength = 0;

/// Options of every block (section 3.5), then those of one kind of block.
constexpr std::uint16_t kEndOfOptions = 0;
constexpr std::uint16_t kComment = 1;
constexpr std::uint16_t kSectionApplication = 4;
constexpr std::uint16_t kInterfaceName = 2;
constexpr std::uint16_t kInterfaceDescriptionText = 3;
constexpr std::uint16_t kInterfaceMacAddress = 6;
constexpr std::uint16_t kInterfaceTimeResolution = 9;
constexpr std::uint16_t kPacketFlags = 2;

constexpr std::uint8_t kNanoseconds = 9;  ///< a power of ten, negative
constexpr std::uint32_t kOutbound = 2;    ///< section 4.3.1, bits 0 and 1
constexpr std::size_t kLongestOption = 0xffff;

/// A block while it is written (section 3.1).
class Block {
  public:
    explicit Block(std::uint32_t type) {
        u32(type);
        u32(0);  // the total length, known last
    }

    void u16(std::uint16_t v) {
        bytes_.push_back(static_cast<std::uint8_t>(v));
        bytes_.push_back(static_cast<std::uint8_t>(v >> 8));
    }
    void u32(std::uint32_t v) {
        u16(static_cast<std::uint16_t>(v));
        u16(static_cast<std::uint16_t>(v >> 16));
    }
    /// The bytes, and zeros up to the next multiple of four.
    void padded(ByteView bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        bytes_.resize((bytes_.size() + 3) / 4 * 4);
    }

    void option(std::uint16_t code, ByteView value) {
        value = value.first(std::min(value.size(), kLongestOption));
        u16(code);
        u16(static_cast<std::uint16_t>(value.size()));
        padded(value);
        hasOptions_ = true;
    }
    /// A text option; none for an empty text.
    void option(std::uint16_t code, std::string_view text) {
        const Bytes bytes(text.begin(), text.end());
        if (!bytes.empty()) option(code, bytes);
    }

    Bytes finish() {
        if (hasOptions_) {
            u16(kEndOfOptions);
            u16(0);
        }
        const auto total = static_cast<std::uint32_t>(bytes_.size() + sizeof(std::uint32_t));
        u32(total);
        for (std::size_t i = 0; i < sizeof total; ++i)
            bytes_[4 + i] = static_cast<std::uint8_t>(total >> 8 * i);
        return std::move(bytes_);
    }

  private:
    Bytes bytes_;
    bool hasOptions_ = false;
};

std::array<std::uint8_t, 6> octetsOf(std::uint64_t macAddress) {
    std::array<std::uint8_t, 6> octets{};
    for (std::size_t i = 0; i < octets.size(); ++i)
        octets[i] = static_cast<std::uint8_t>(macAddress >> (40 - 8 * i));
    return octets;
}

}  // namespace

SectionInfo sectionOfRun(std::string_view title, std::uint64_t seed, std::string program) {
    return {fmt::format("lab: {}; seed {}", title, seed), std::move(program)};
}

Bytes sectionHeaderBlock(const SectionInfo& section) {
    Block block(kSectionHeader);
    block.u32(kByteOrderMagic);
    block.u16(1);  // version 1.0
    block.u16(0);
    block.u32(kLengthUnknown);
    block.u32(kLengthUnknown);
    block.option(kComment, section.comment);
    block.option(kSectionApplication, section.application);
    return block.finish();
}

Bytes interfaceDescriptionBlock(const InterfaceInfo& interface) {
    Block block(kInterfaceDescription);
    block.u16(kLinkTypeEthernet);
    block.u16(0);
    block.u32(kNoSnapLength);
    block.option(kInterfaceName, interface.name);
    block.option(kInterfaceDescriptionText, interface.description);
    block.option(kInterfaceMacAddress, octetsOf(interface.macAddress));
    block.option(kInterfaceTimeResolution, std::array{kNanoseconds});
    return block.finish();
}

Bytes enhancedPacketBlock(const FrameInfo& frame) {
    const auto nanoseconds = static_cast<std::uint64_t>(frame.time.count());
    const auto size = static_cast<std::uint32_t>(frame.bytes.size());
    Block block(kEnhancedPacket);
    block.u32(frame.interface);
    block.u32(static_cast<std::uint32_t>(nanoseconds >> 32));
    block.u32(static_cast<std::uint32_t>(nanoseconds));
    block.u32(size);
    block.u32(size);
    block.padded(frame.bytes);
    constexpr std::array<std::uint8_t, 4> kFlags{kOutbound, 0, 0, 0};
    block.option(kPacketFlags, kFlags);
    block.option(kComment, frame.comment);
    return block.finish();
}

}  // namespace peerscape::capture
