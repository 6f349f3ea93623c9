#include "engine/base/bytes.hpp"

#include <fmt/format.h>

namespace peerscape {

std::string toHex(ByteView bytes) {
    std::string text;
    for (const std::uint8_t byte : bytes)
        text += fmt::format("{}{:02x}", text.empty() ? "" : " ", byte);
    return text;
}

std::uint16_t internetChecksum(ByteView bytes, std::uint32_t partialSum) {
    std::uint64_t sum = partialSum;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        sum += static_cast<std::uint32_t>(bytes[i] << 8 | bytes[i + 1]);
    if (bytes.size() % 2 != 0) sum += static_cast<std::uint32_t>(bytes.back() << 8);
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

}  // namespace peerscape
