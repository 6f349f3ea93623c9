#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "scenarios/shell/route_view.hpp"
#include "scenarios/shell/show_interface.hpp"

namespace peerscape {

namespace {

constexpr std::uint32_t kLoopbackMtu = 65536;      // Linux
constexpr std::uint64_t kUnlimitedSpeed = 10'000;  // what Linux says of a virtual cable
constexpr std::uint64_t kMegabit = 1'000'000;
constexpr std::uint8_t kLinkLocalLength = 64;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// The digits at the beginning, without zeros in front.
std::string_view takeNumber(std::string_view& text) {
    const std::size_t length =
        static_cast<std::size_t>(std::ranges::find_if_not(text, isDigit) - text.begin());
    std::string_view digits = text.substr(0, length);
    text.remove_prefix(length);
    while (digits.size() > 1 && digits.front() == '0')
        digits.remove_prefix(1);
    return digits;
}

std::string flagsOf(const InterfaceState& interface) {
    std::string flags = interface.isAdminUp ? "UP," : "";
    flags += interface.isLoopback ? "LOOPBACK" : "BROADCAST";
    if (interface.isUp()) flags += ",RUNNING";
    if (!interface.isLoopback) flags += ",MULTICAST";
    return "<" + flags + ">";
}

std::string macText(std::uint64_t mac) {
    if (mac == 0) return "";
    std::string text;
    for (int shift = 40; shift >= 0; shift -= 8) {
        text += fmt::format("{}{:02x}", text.empty() ? "" : ":", mac >> shift & 0xff);
    }
    return text;
}

std::uint64_t speedOf(const ShellContext& context, const InterfaceState& interface) {
    if (interface.isLoopback) return 0;
    const SegmentId segment = context.world.topology().interface({context.node, interface.id}).segment;
    if (!segment.isSome()) return kUnlimitedSpeed;
    const Bandwidth bandwidth = context.world.segment(segment).properties.bandwidth;
    return bandwidth.isUnlimited() ? kUnlimitedSpeed : bandwidth.count() / kMegabit;
}

std::uint64_t configuredBandwidth(const NodeState& node, std::string_view name) {
    const auto found = node.config->interfaces.find(name);
    if (found == node.config->interfaces.end() || !found->second.bandwidth) return 0;
    return found->second.bandwidth->count() / kMegabit;
}

std::vector<InterfaceView::Address> addressesOf(const InterfaceState& interface) {
    std::vector<InterfaceView::Address> result;
    for (const InterfaceAddress& address : interface.addresses) {
        if (address.address.isV4()) result.push_back({address, false, false});
    }
    std::ranges::stable_sort(result, {}, [](const auto& a) { return a.address.network(); });
    for (std::size_t i = 1; i < result.size(); ++i) {
        if (result[i].address.network() != result[i - 1].address.network()) continue;
        result[i].isSecondary = result[i].sharesNetwork = result[i - 1].sharesNetwork = true;
    }
    if (interface.linkLocal) result.push_back({{*interface.linkLocal, kLinkLocalLength}, false, false});
    for (const InterfaceAddress& address : interface.addresses) {
        if (address.address.isV6()) result.push_back({address, false, false});
    }
    return result;
}

InterfaceView viewInterface(const ShellContext& context, const InterfaceState& interface) {
    InterfaceView view;
    view.state = &interface;
    view.index = kernelIndex(context.state(), interface.id);
    view.mtu = interface.isLoopback ? kLoopbackMtu : interface.mtu;
    view.speed = speedOf(context, interface);
    view.bandwidth = configuredBandwidth(context.state(), interface.name);
    view.traffic = context.world.trafficOf({context.node, interface.id});
    view.flags = flagsOf(interface);
    view.macAddress = interface.isLoopback ? "" : macText(interface.macAddress);
    view.addresses = addressesOf(interface);
    return view;
}

}  // namespace

bool interfaceNameLess(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const std::string_view numberA = takeNumber(a);
            const std::string_view numberB = takeNumber(b);
            if (numberA.size() != numberB.size()) return numberA.size() < numberB.size();
            if (numberA != numberB) return numberA < numberB;
            continue;
        }
        if (a.front() != b.front()) return a.front() < b.front();
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    return a.size() < b.size();
}

std::vector<InterfaceView> viewInterfaces(const ShellContext& context, std::string_view name) {
    std::vector<InterfaceView> views;
    for (const InterfaceState& interface : context.state().interfaces) {
        if (name.empty() || interface.name == name) views.push_back(viewInterface(context, interface));
    }
    std::ranges::stable_sort(views, [](const InterfaceView& a, const InterfaceView& b) {
        return interfaceNameLess(a.state->name, b.state->name);
    });
    return views;
}

}  // namespace peerscape
