#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "engine/base/bytes.hpp"

namespace peerscape {

/// Puts the pieces of a byte stream in order: what came early waits until what lies before it has come.
/// Places are counted from the first byte of the stream in 64 bits, so nothing wraps here.
class TcpReassembly {
  public:
    /// Takes the bytes that stand at `at`; parts already there are ignored. Appends to `out` what is now in
    /// order.
    void add(std::uint64_t at, ByteView bytes, Bytes& out);
    /// The stream ends in front of `at`. The first end that was named counts.
    void endsAt(std::uint64_t at);

    /// How many bytes have come in order.
    std::uint64_t received() const { return received_; }
    /// All bytes up to the end have come in order.
    bool isComplete() const { return end_ == received_; }
    std::uint64_t hash() const;

  private:
    std::uint64_t received_ = 0;
    std::optional<std::uint64_t> end_;
    std::map<std::uint64_t, Bytes> early_;  ///< by place; neither overlapping nor touching what is in order
};

}  // namespace peerscape
