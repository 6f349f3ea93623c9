#include "engine/base/quantities.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "engine/base/wide.hpp"

namespace peerscape {

namespace {

constexpr std::array<std::pair<std::string_view, std::int64_t>, 4> kBitUnits{
    {{"Gbit", 1'000'000'000}, {"Mbit", 1'000'000}, {"kbit", 1'000}, {"bit", 1}}};

}  // namespace

Result<Bandwidth> Bandwidth::parse(std::string_view text) {
    if (const auto quantity = readQuantity(text)) {
        for (const auto& [name, factor] : kBitUnits) {
            if (toLower(quantity->unit) != toLower(name)) continue;
            const auto n = quantity->times(factor);
            if (n && *n > 0) return Bandwidth(static_cast<std::uint64_t>(*n));
        }
    }
    return failure(fmt::format(
        "'{}' is not a bandwidth; write a number and a unit, such as 64kbit, 10Mbit, 1Gbit", text));
}

Duration Bandwidth::timeFor(std::uint64_t bytes) const {
    if (isUnlimited()) return {};
    const auto nanoseconds =
        (static_cast<Wide>(bytes) * 8 * 1'000'000'000 + bitsPerSecond_ - 1) / bitsPerSecond_;
    return Duration::nanoseconds(static_cast<std::int64_t>(nanoseconds));
}

std::string toString(Bandwidth bandwidth) {
    if (bandwidth.isUnlimited()) return "unlimited";
    const auto n = static_cast<std::int64_t>(bandwidth.count());
    for (const auto& [name, factor] : kBitUnits) {
        if (n % factor == 0) return fmt::format("{}{}", n / factor, name);
    }
    return fmt::format("{}bit", n);
}

Result<Probability> Probability::parse(std::string_view text) {
    const auto quantity = readQuantity(text);
    if (quantity && (quantity->unit == "%" || (quantity->unit.empty() && quantity->isZero()))) {
        const auto n = quantity->times(10'000);
        if (n && *n <= kMillion) return Probability(static_cast<std::uint32_t>(*n));
    }
    return failure(fmt::format(
        "'{}' is not a share; write a percentage from 0% to 100% with at most four decimals, such as 2.5%",
        text));
}

std::string toString(Probability probability) {
    const auto n = probability.count();
    if (n % 10'000 == 0) return fmt::format("{}%", n / 10'000);
    std::string text = fmt::format("{}.{:04}", n / 10'000, n % 10'000);
    while (text.back() == '0')
        text.pop_back();
    return text + "%";
}

Result<Asn> Asn::parse(std::string_view text) {
    const auto dot = text.find('.');
    std::optional<std::uint64_t> n;
    if (dot == std::string_view::npos) {
        n = readNumber(text, UINT32_MAX);
    } else {
        const auto high = readNumber(text.substr(0, dot), UINT16_MAX);
        const auto low = readNumber(text.substr(dot + 1), UINT16_MAX);
        if (high && low) n = *high << 16 | *low;
    }
    if (!n || *n == 0)
        return failure(
            fmt::format("'{}' is not an AS number; write 1 to 4294967295, or 1.10 for 65546", text));
    return Asn(static_cast<std::uint32_t>(*n));
}

std::string toString(Asn asn) { return fmt::format("{}", asn.value()); }

}  // namespace peerscape
