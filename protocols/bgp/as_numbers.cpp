#include "protocols/bgp/as_numbers.hpp"

#include <fmt/format.h>

#include "engine/base/text.hpp"

namespace peerscape::bgp {
namespace {

constexpr std::uint32_t kLastOfTwoOctets = 65535;

bool isWithin(Asn number, std::uint32_t least, std::uint32_t most) {
    return number.value() >= least && number.value() <= most;
}

}  // namespace

std::string_view toString(AsNotation notation) {
    switch (notation) {
        case AsNotation::Plain:
            return "plain";
        case AsNotation::Dot:
            return "dot";
        case AsNotation::DotPlus:
            return "dot+";
    }
    return "plain";
}

std::string text(Asn number, AsNotation notation) {
    const bool isDotted =
        notation == AsNotation::DotPlus || (notation == AsNotation::Dot && number.value() > kLastOfTwoOctets);
    if (!isDotted) return fmt::format("{}", number.value());
    return fmt::format("{}.{}", number.value() >> 16, number.value() & kLastOfTwoOctets);
}

Result<std::vector<std::uint32_t>> readAsNumbers(std::string_view text) {
    std::vector<std::uint32_t> numbers;
    for (const auto word : splitWords(text)) {
        const auto number = Asn::parse(word);
        if (!number) return std::unexpected(number.error());
        numbers.push_back(number->value());
    }
    if (numbers.empty()) return failure("an AS number is expected");
    return numbers;
}

bool isPrivate(Asn number) {
    return isWithin(number, 64512, 65534) || isWithin(number, 4200000000, 4294967294);
}

bool isReserved(Asn number) { return !reasonReserved(number).empty(); }

std::string_view reasonReserved(Asn number) {
    if (number.value() == 0) return "says that nobody may originate a route (RFC 7607)";
    if (number.value() == kAsTrans) return "stands for numbers of four octets in old messages (RFC 6793)";
    if (number.value() == kLastOfTwoOctets || number.value() == UINT32_MAX) return "is reserved (RFC 7300)";
    return {};
}

bool isDocumentation(Asn number) { return isWithin(number, 64496, 64511) || isWithin(number, 65536, 65551); }

bool isPublic(Asn number) { return !isPrivate(number) && !isReserved(number) && !isDocumentation(number); }

}  // namespace peerscape::bgp
