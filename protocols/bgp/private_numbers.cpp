#include "protocols/bgp/private_numbers.hpp"

#include <vector>

#include "protocols/bgp/as_numbers.hpp"

namespace peerscape::bgp {

void removePrivate(AsPath& path, const RemovePrivateAs& how, Asn own, Asn neighbor) {
    std::vector<std::uint32_t> numbers;
    bool areAllPrivate = true;
    for (const AsSegment& segment : path.segments()) {
        for (const std::uint32_t number : segment.numbers) {
            areAllPrivate = areAllPrivate && isPrivate(Asn::number(number));
            if (isPrivate(Asn::number(number))) numbers.push_back(number);
        }
    }
    if (!how.all && !areAllPrivate) return;
    for (const std::uint32_t number : numbers) {
        if (how.replaces) {
            path.replace(Asn::number(number), own);
        } else if (number != neighbor.value()) {
            path.remove(Asn::number(number));
        }
    }
}

}  // namespace peerscape::bgp
