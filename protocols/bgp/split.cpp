#include <algorithm>
#include <cstddef>
#include <utility>

#include "protocols/bgp/nlri_codec.hpp"
#include "protocols/bgp/wire.hpp"

/// UPDATEs with more prefixes than a message can hold.
namespace peerscape::bgp {
namespace {

/// Puts as many prefixes into each message as it holds; `make` makes a message of some.
template <typename Make>
void fillMessages(const NlriList& prefixes, bool hasPathIds, std::size_t room, Make&& make) {
    NlriList some;
    std::size_t used = 0;
    for (const Nlri& nlri : prefixes) {
        const std::size_t size = encodedSize(nlri, hasPathIds);
        if (used + size > room) {
            make(std::exchange(some, {}));
            used = 0;
        }
        some.push_back(nlri);
        used += size;
    }
    if (!some.empty()) make(std::move(some));
}

UpdateMessage withdrawalOf(Family family, bool isMultiprotocol, NlriList prefixes) {
    UpdateMessage update;
    update.withdrawn.push_back({family, isMultiprotocol, std::move(prefixes)});
    return update;
}

class Splitter {
  public:
    Splitter(const UpdateMessage& update, const WireOptions& options) : update_(update), options_(options) {}

    SplitUpdate split() {
        for (const auto& unreachable : update_.withdrawn)
            withdraw(unreachable.family, unreachable.isMultiprotocol, unreachable.prefixes);
        for (const auto& reachable : update_.announced)
            announce(reachable);
        return std::move(result_);
    }

  private:
    std::size_t roomBeside(const UpdateMessage& empty) const {
        const std::size_t used = encodedSize(empty, options_);
        return options_.largestMessage() - std::min(options_.largestMessage(), used);
    }
    void withdraw(Family family, bool isMultiprotocol, const NlriList& prefixes) {
        // Measured with a prefix in it: an End-of-RIB marker is written in another way.
        const bool hasPathIds = options_.sendsPathIds[family];
        const Nlri sample{Prefix::defaultRoute(family)};
        const std::size_t room =
            roomBeside(withdrawalOf(family, isMultiprotocol, {sample})) + encodedSize(sample, hasPathIds);
        fillMessages(prefixes, hasPathIds, room, [&](NlriList some) {
            result_.messages.push_back(withdrawalOf(family, isMultiprotocol, std::move(some)));
        });
    }
    void announce(const UpdateMessage::Reachable& reachable) {
        UpdateMessage empty;
        empty.attributes = update_.attributes;
        empty.announced.push_back({reachable.family, reachable.isMultiprotocol, reachable.nextHop, {}});
        const std::size_t room = roomBeside(empty);
        NlriList fitting;
        NlriList tooLarge;
        for (const Nlri& nlri : reachable.prefixes) {
            const bool fits = encodedSize(nlri, options_.sendsPathIds[reachable.family]) <= room;
            (fits ? fitting : tooLarge).push_back(nlri);
        }
        withdraw(reachable.family, reachable.isMultiprotocol, tooLarge);
        result_.tooLarge.insert(result_.tooLarge.end(), tooLarge.begin(), tooLarge.end());
        fillMessages(fitting, options_.sendsPathIds[reachable.family], room, [&](NlriList some) {
            UpdateMessage message = empty;
            message.announced.front().prefixes = std::move(some);
            result_.messages.push_back(std::move(message));
        });
    }

    const UpdateMessage& update_;
    const WireOptions& options_;
    SplitUpdate result_;
};

/// One kind of prefixes, few of them, and attributes far from filling a message: no need to measure. Most
/// UPDATEs are.
bool isSmall(const UpdateMessage& update) {
    constexpr std::size_t kFewPrefixes = 16;
    constexpr std::size_t kFewNumbers = 100;  // of AS paths and communities, at most 6 octets each
    if (update.withdrawn.size() + update.announced.size() != 1) return false;
    if (!update.withdrawn.empty()) return update.withdrawn.front().prefixes.size() <= kFewPrefixes;
    const PathAttributes& attributes = *update.attributes;
    std::size_t numbers = attributes.communities->size();
    for (const AsSegment& segment : attributes.asPath->segments())
        numbers += 1 + segment.numbers.size();
    return update.announced.front().prefixes.size() <= kFewPrefixes && numbers <= kFewNumbers &&
           *attributes.rare == RareAttributes();
}

}  // namespace

bool surelyFits(const UpdateMessage& update) {
    return isSmall(update) || update.endOfRibFamily().has_value();
}

SplitUpdate splitToFit(UpdateMessage update, const WireOptions& options) {
    if (surelyFits(update)) {
        SplitUpdate whole;
        whole.messages.push_back(std::move(update));
        return whole;
    }
    return Splitter(update, options).split();
}

}  // namespace peerscape::bgp
