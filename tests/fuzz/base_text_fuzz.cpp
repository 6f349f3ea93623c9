// Addresses, prefixes, durations and other small texts: whatever is read prints as something that reads back
// the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/check.hpp"
#include "engine/base/ip_address.hpp"
#include "engine/base/quantities.hpp"
#include "engine/base/text.hpp"
#include "engine/base/time.hpp"

using namespace peerscape;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto address = IpAddress::parse(text))
        PEERSCAPE_CHECK(IpAddress::parse(toString(*address)) == *address);
    if (const auto prefix = Prefix::parse(text)) PEERSCAPE_CHECK(Prefix::parse(toString(*prefix)) == *prefix);
    if (const auto prefix = Prefix::parseAnyHost(text))
        PEERSCAPE_CHECK(Prefix::parse(toString(*prefix)) == *prefix);
    if (const auto address = InterfaceAddress::parse(text))
        PEERSCAPE_CHECK(address->network().contains(address->address));
    if (const auto duration = Duration::parse(text))
        PEERSCAPE_CHECK(Duration::parse(toLabText(*duration)) == *duration);
    if (const auto bandwidth = Bandwidth::parse(text))
        PEERSCAPE_CHECK(Bandwidth::parse(toString(*bandwidth)) == *bandwidth);
    if (const auto share = Probability::parse(text))
        PEERSCAPE_CHECK(Probability::parse(toString(*share)) == *share);
    if (const auto asn = Asn::parse(text)) PEERSCAPE_CHECK(Asn::parse(toString(*asn)) == *asn);
    const std::vector<std::string> words{"neighbor", "network"};
    (void)nearestWord(text, words);
    if (const auto wrong = findInvalidUtf8(text)) PEERSCAPE_CHECK(*wrong < size);
    return 0;
}
