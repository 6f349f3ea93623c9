#pragma once

#include <cctype>
#include <string>
#include <string_view>

#include "engine/base/bytes.hpp"
#include "engine/base/ip_address.hpp"

/// How tests of protocols write addresses and packets.
namespace peerscape::test {

inline IpAddress ip(std::string_view text) { return *IpAddress::parse(text); }
inline Prefix net(std::string_view text) { return *Prefix::parse(text); }

/// Bytes from hexadecimal digits; whatever stands between them is for the reader.
inline Bytes hex(std::string_view text) {
    Bytes bytes;
    std::string digits;
    for (const char c : text) {
        if (std::isxdigit(static_cast<unsigned char>(c)) != 0) digits += c;
    }
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    return bytes;
}

}  // namespace peerscape::test
