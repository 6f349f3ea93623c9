#include "scenarios/format/address_pool.hpp"

#include <string_view>
#include <variant>

#include "engine/base/check.hpp"
#include "engine/base/text.hpp"

namespace peerscape {

namespace {

/// `address` moved on by 2^bit, or nothing at the end of the family's space.
std::optional<IpAddress> movedOn(const IpAddress& address, std::uint8_t bit) {
    const auto source = address.bytes();
    Bytes bytes(source.begin(), source.end());
    std::size_t at = bytes.size() - 1 - bit / 8;
    std::uint32_t carry = 1U << (bit % 8);
    while (carry != 0) {
        const std::uint32_t sum = bytes[at] + carry;
        bytes[at] = static_cast<std::uint8_t>(sum);
        carry = sum >> 8;
        if (carry != 0 && at == 0) return std::nullopt;
        --at;
    }
    return IpAddress::fromBytes(bytes);
}

}  // namespace

UsedNetworks::UsedNetworks(const LabFile& lab) {
    const auto addSources = [&](const std::vector<ConfigSource>& config) {
        for (const ConfigSource& source : config)
            addWordsOf(source.text);
    };
    const auto addLink = [&](const LinkEntry& link) {
        for (const EndEntry& end : link.ends) {
            for (const PlacedAddress& address : end.addresses)
                add(address.value.network());
        }
    };
    for (const RouterEntry& router : lab.routers) {
        for (const PlacedAddress& address : router.loopback)
            add(address.value.network());
        for (const PlacedPrefix& network : router.networks)
            add(network.value);
        addSources(router.config);
    }
    for (const HostEntry& host : lab.hosts) {
        if (host.address) add(host.address->value.network());
        addSources(host.config);
    }
    for (const LinkEntry& link : lab.links)
        addLink(link);
    for (const LinkEntry& lan : lab.lans)
        addLink(lan);
    for (const ProbeEntry& probe : lab.probes)
        addWordsOf(probe.to.text);
    for (const FlowEntry& flow : lab.flows)
        addWordsOf(flow.to.text);
    for (const StepEntry& step : lab.steps) {
        for (const LabAction& action : step.actions) {
            if (const auto* added = std::get_if<lab_action::AddLink>(&action.what)) addLink(added->link);
            if (const auto* configure = std::get_if<lab_action::Configure>(&action.what)) {
                for (const std::string& line : configure->lines)
                    addWordsOf(line);
            }
        }
    }
}

void UsedNetworks::addWordsOf(std::string_view text) {
    for (std::string_view word : splitWords(text)) {
        while (!word.empty() && (word.back() == ';' || word.back() == ','))
            word.remove_suffix(1);
        if (const auto prefix = Prefix::parseAnyHost(word))
            add(*prefix);
        else if (const auto address = IpAddress::parse(word))
            add(Prefix::host(*address));
    }
}

bool UsedNetworks::overlaps(const Prefix& candidate) const {
    for (std::uint8_t length = 0; length <= candidate.length(); ++length) {
        if (networks_.contains(Prefix(candidate.address(), length))) return true;
    }
    // The order of prefixes puts those inside the candidate right behind it.
    const auto inside = networks_.lower_bound(candidate);
    return inside != networks_.end() && candidate.contains(*inside);
}

std::optional<Prefix> AddressPool::take(std::uint8_t length, UsedNetworks& used) {
    PEERSCAPE_CHECK(length >= pool_.length() && length <= pool_.address().bits());
    const auto step = static_cast<std::uint8_t>(pool_.address().bits() - length);
    while (!isUsedUp_) {
        Prefix candidate(next_, length);
        // A wider network than the one before begins at the next multiple of its size.
        const bool isAligned = candidate.address() == next_;
        if (!isAligned) candidate = Prefix(movedOn(candidate.address(), step).value_or(next_), length);
        if (!pool_.contains(candidate)) break;
        const auto behind = movedOn(candidate.address(), step);
        if (behind)
            next_ = *behind;
        else
            isUsedUp_ = true;
        if (used.overlaps(candidate)) continue;
        used.add(candidate);
        return candidate;
    }
    return std::nullopt;
}

std::optional<IpAddress> hostOf(const Prefix& network, std::uint64_t number) {
    const auto hostBits = static_cast<std::uint32_t>(network.address().bits() - network.length());
    const bool hasNetworkAddress = hostBits >= 2;
    if (hasNetworkAddress) ++number;  // the network's own address (of IPv6: the routers' anycast address)
    if (hostBits < 64) {
        const std::uint64_t count = std::uint64_t{1} << hostBits;
        const std::uint64_t last = network.address().isV4() && hasNetworkAddress ? count - 2 : count - 1;
        if (number > last) return std::nullopt;
    }
    return network.address().plus(number);
}

}  // namespace peerscape
