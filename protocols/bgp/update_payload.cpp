#include "protocols/bgp/update_payload.hpp"

#include <algorithm>
#include <typeinfo>

#include "protocols/bgp/attribute_reader.hpp"

namespace peerscape::bgp {
namespace {

bool isOrdinary(const Nlri& nlri) {
    const Prefix& prefix = nlri.prefix;
    return nlri.pathId == 0 && prefix.family() == Family::IPv4 && !prefix.address().isMulticast();
}

bool isOrdinary(const BgpNextHop& nextHop) {
    const IpAddress& address = nextHop.address;
    return address.isV4() && !nextHop.linkLocal && !isNoHost(address);
}

/// A path that no decoder changes or objects to.
bool isOrdinary(const AsPath& path) {
    const auto segments = path.segments();
    if (segments.size() != 1 || segments[0].type != SegmentType::Sequence) return false;
    const auto& numbers = segments[0].numbers;
    return !numbers.empty() && numbers.size() <= 255 && std::ranges::find(numbers, 0U) == numbers.end();
}

bool isOrdinary(const PathAttributes& attributes) {
    return !attributes.localPreference && *attributes.rare == RareAttributes() &&
           isOrdinary(*attributes.asPath);
}

/// Only withdraws, or only announces with one set of attributes, and IPv4 in its own fields.
bool isOrdinary(const UpdateMessage& update) {
    if (update.withdrawn.size() + update.announced.size() != 1) return false;
    const auto areOrdinary = [](const auto& group) {
        return group.family == Family::IPv4 && !group.isMultiprotocol && !group.prefixes.empty() &&
               std::ranges::all_of(group.prefixes, [](const Nlri& nlri) { return isOrdinary(nlri); });
    };
    if (update.announced.empty()) return areOrdinary(update.withdrawn.front());
    const UpdateMessage::Reachable& announced = update.announced.front();
    return areOrdinary(announced) && isOrdinary(announced.nextHop) && isOrdinary(*update.attributes);
}

/// Between two modern speakers of different ASes; of older or nearer ones something may be changed on the
/// way.
bool isOrdinary(const WireOptions& options) {
    return options.peer == PeerKind::External && options.families.ipv4 && options.hasFourOctetAs &&
           !options.sendsPathIds.ipv4 && !options.isAigpSession;
}

}  // namespace

const UpdatePayload* UpdatePayload::from(const Message& message) {
    // This class has no heirs, so that comparing is enough, where a cast would search.
    return typeid(message) == typeid(UpdatePayload) ? static_cast<const UpdatePayload*>(&message) : nullptr;
}

const UpdateMessage* UpdatePayload::asReadBy(const WireOptions& reader) const {
    const bool isSame = reader == options_.mirrored();
    return isSame && isOrdinary(options_) && isOrdinary(update_) ? &update_ : nullptr;
}

}  // namespace peerscape::bgp
