#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// Texts as HTML, SVG, XML and CSV want them.
namespace peerscape::report {

/// As it can stand in HTML and XML, between tags and in quoted attributes. What no document may contain
/// (control characters, bytes that are no UTF-8) becomes U+FFFD.
std::string escaped(std::string_view text);
/// The same, with line breaks that survive in an attribute of XML.
std::string escapedAttribute(std::string_view text);
/// A field of a CSV file (RFC 4180): quoted when it must be.
std::string csvField(std::string_view text);
/// Well-formed UTF-8: bytes that are not become U+FFFD.
std::string wellFormed(std::string_view text);

/// A protocol as texts write it: "RIP" for "rip", "RIPng" for "ripng".
std::string protocolTitle(std::string_view protocol);
/// "12 345", with narrow blanks that do not break.
std::string grouped(std::uint64_t number);
/// "1 message", "12 345 messages".
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);

}  // namespace peerscape::report
