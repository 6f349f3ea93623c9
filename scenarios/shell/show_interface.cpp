#include "scenarios/shell/show_interface.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace peerscape {

namespace {

/// An empty description would leave blanks at the end of the line, as FRR does; both are kept.
constexpr std::string_view kDescriptionHeader =
    "\n\tVRF default(0)\n\nInterface       Status  Protocol  Description\n";
constexpr std::string_view kBriefHeader =
    "Interface       Status  VRF             Addresses\n"
    "---------       ------  ---             ---------\n";

std::string stateLine(const InterfaceState& interface) {
    if (!interface.isAdminUp) return fmt::format("Interface {} is down\n", interface.name);
    return fmt::format("Interface {} is up, line protocol is {}\n", interface.name,
                       interface.hasCarrier ? "up" : "down");
}

/// Where `load-interval` asks for it, in the words of Cisco's routers; FRR has no such lines.
std::string trafficLines(const InterfaceView& view) {
    if (!view.traffic) return "";
    const InterfaceTraffic& traffic = *view.traffic;
    const auto seconds = traffic.interval / Duration::seconds(1);
    const std::string interval =
        seconds % 60 == 0 ? fmt::format("{} minute", seconds / 60) : fmt::format("{} second", seconds);
    std::string text = fmt::format("  reliability {}/255", traffic.reliability);
    const Bandwidth bandwidth = view.state->bandwidth;
    if (!bandwidth.isUnlimited()) text += fmt::format(", txload {}/255", traffic.load(bandwidth.count()));
    return text + fmt::format("\n  {} output rate {} bits/sec\n", interval, traffic.outputRate);
}

std::string printInterface(const InterfaceView& view) {
    const InterfaceState& interface = *view.state;
    std::string text = stateLine(interface);
    text += "  vrf: default\n";
    if (!interface.description.empty()) text += fmt::format("  Description: {}\n", interface.description);
    text += fmt::format("  index {} metric 0 mtu {} speed {} \n", view.index, view.mtu, view.speed);
    text += fmt::format("  flags: {}\n", view.flags);
    text += "  Ignore all v4 routes with linkdown\n";
    text += "  Ignore all v6 routes with linkdown\n";
    text += fmt::format("  Type: {}\n", interface.isLoopback ? "Loopback" : "Ethernet");
    if (!view.macAddress.empty()) text += fmt::format("  HWaddr: {}\n", view.macAddress);
    if (view.bandwidth != 0) text += fmt::format("  bandwidth {} Mbps\n", view.bandwidth);
    for (const auto& [address, isSecondary, sharesNetwork] : view.addresses) {
        text += fmt::format("  {} {}{}\n", address.address.isV4() ? "inet" : "inet6", toString(address),
                            isSecondary ? " secondary" : "");
    }
    text += fmt::format("  Interface Type {}\n", interface.isLoopback ? "Other" : "VETH");
    text += "  Interface Slave Type None\n";
    text += "  protodown: off \n";
    text += trafficLines(view);
    return text;
}

/// One address of every IPv4 network and the first global IPv6 one; a "+" says that there are more like it.
std::vector<std::string> briefAddresses(const InterfaceView& view) {
    std::vector<std::string> texts;
    const auto isV6 = [](const auto& a) { return a.address.address.isV6(); };
    const bool manyV6 = std::ranges::count_if(view.addresses, isV6) > 1;
    bool hasV6 = false;
    for (const auto& shown : view.addresses) {
        if (shown.isSecondary || (isV6(shown) && shown.address.address.isLinkLocal())) continue;
        if (isV6(shown) && hasV6) continue;
        hasV6 = hasV6 || isV6(shown);
        const bool hasMore = isV6(shown) ? manyV6 : shown.sharesNetwork;
        texts.push_back((hasMore ? "+ " : "") + toString(shown.address));
    }
    if (texts.empty()) texts.emplace_back();
    return texts;
}

std::string printBrief(const std::vector<InterfaceView>& views) {
    std::string text;
    for (const InterfaceView& view : views) {
        if (text.empty()) text = kBriefHeader;
        std::string start = fmt::format("{:<16}{:<8}{:<16}", view.state->name,
                                        view.state->isAdminUp ? "up" : "down", "default");
        for (const std::string& address : briefAddresses(view)) {
            text += start + address + "\n";
            start = std::string(40, ' ');
        }
    }
    return text + "\n";
}

std::string printDescriptions(const std::vector<InterfaceView>& views) {
    std::string text(kDescriptionHeader);
    for (const InterfaceView& view : views) {
        const InterfaceState& interface = *view.state;
        text += fmt::format("{:<16}{:<8}{:<10}{}\n", interface.name, interface.isAdminUp ? "up" : "down",
                            interface.isUp() ? "up" : "down", interface.description);
    }
    return text;
}

Result<ShellAnswer> showInterfaces(const ShellContext& context, const Arguments& arguments) {
    const std::string_view name = arguments.text("ifname");
    const auto views = viewInterfaces(context, name);
    if (arguments.has("json")) return ShellAnswer::of(views.empty() ? "{}\n" : printInterfaceJson(views));
    if (views.empty() && !name.empty())
        return ShellAnswer::of(fmt::format("% Can't find interface {}\n", name));
    std::string text;
    for (const InterfaceView& view : views)
        text += printInterface(view);
    return ShellAnswer::of(std::move(text));
}

Result<ShellAnswer> showBrief(const ShellContext& context, const Arguments& arguments) {
    const auto views = viewInterfaces(context);
    return ShellAnswer::of(arguments.has("json") ? printInterfaceBriefJson(views) : printBrief(views));
}

Result<ShellAnswer> showDescriptions(const ShellContext& context, const Arguments&) {
    return ShellAnswer::of(printDescriptions(viewInterfaces(context)));
}

}  // namespace

std::vector<ShellCommand> interfaceCommands() {
    return {
        {"show interface [json]", "All interfaces of the router.", showInterfaces},
        {"show interface IFNAME$ifname [json]", "One interface.", showInterfaces},
        {"show interface brief [json]", "State and addresses of all interfaces, a line each.", showBrief},
        {"show interface description", "State and description of all interfaces, a line each.",
         showDescriptions},
    };
}

}  // namespace peerscape
