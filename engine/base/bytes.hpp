#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace peerscape {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline Bytes copyOf(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

/// Appends numbers in network byte order.
class ByteWriter {
  public:
    void u8(std::uint8_t v) { bytes_.push_back(v); }
    void u16(std::uint16_t v) {
        u8(static_cast<std::uint8_t>(v >> 8));
        u8(static_cast<std::uint8_t>(v));
    }
    void u32(std::uint32_t v) {
        u16(static_cast<std::uint16_t>(v >> 16));
        u16(static_cast<std::uint16_t>(v));
    }
    void u64(std::uint64_t v) {
        u32(static_cast<std::uint32_t>(v >> 32));
        u32(static_cast<std::uint32_t>(v));
    }
    void append(ByteView view) { bytes_.insert(bytes_.end(), view.begin(), view.end()); }
    void zeros(std::size_t count) { bytes_.resize(bytes_.size() + count); }
    /// Writes over two bytes already there (lengths and checksums are known last).
    void patchU16(std::size_t at, std::uint16_t v) {
        bytes_.at(at) = static_cast<std::uint8_t>(v >> 8);
        bytes_.at(at + 1) = static_cast<std::uint8_t>(v);
    }

    std::size_t size() const { return bytes_.size(); }
    const Bytes& bytes() const { return bytes_; }
    Bytes take() { return std::move(bytes_); }

  private:
    Bytes bytes_;
};

/// Reads numbers in network byte order. Past the end it returns zeros and remembers that it `ranOut()`:
/// a decoder reads a whole structure and asks once.
class ByteReader {
  public:
    explicit ByteReader(ByteView view) : view_(view) {}

    std::uint8_t u8() {
        if (at_ >= view_.size()) {
            ranOut_ = true;
            return 0;
        }
        return view_[at_++];
    }
    std::uint16_t u16() {
        const auto high = u8();
        return static_cast<std::uint16_t>(high << 8 | u8());
    }
    std::uint32_t u32() {
        const std::uint32_t high = u16();
        return high << 16 | u16();
    }
    std::uint64_t u64() {
        const std::uint64_t high = u32();
        return high << 32 | u32();
    }
    /// The next `count` bytes; fewer, when fewer are left.
    ByteView take(std::size_t count) {
        if (count > left()) {
            ranOut_ = true;
            count = left();
        }
        const ByteView part = view_.subspan(at_, count);
        at_ += count;
        return part;
    }

    std::size_t position() const { return at_; }
    std::size_t left() const { return view_.size() - at_; }
    bool ranOut() const { return ranOut_; }

  private:
    ByteView view_;
    std::size_t at_ = 0;
    bool ranOut_ = false;
};

/// "0a 00 01": for messages and the packet view.
std::string toHex(ByteView bytes);

/// The Internet checksum (RFC 1071) over `bytes`, starting from a partial sum.
std::uint16_t internetChecksum(ByteView bytes, std::uint32_t partialSum = 0);

}  // namespace peerscape
