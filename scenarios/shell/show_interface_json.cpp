// `show interface json`: FRR 8.4.4's keys in its order. What is not modelled (counters of link changes) is
// left out.
#include "scenarios/shell/json_writer.hpp"
#include "scenarios/shell/show_interface.hpp"

namespace peerscape {

namespace {

void writeState(JsonWriter& json, const InterfaceState& interface) {
    json.member("administrativeStatus", interface.isAdminUp ? "up" : "down");
    if (!interface.isAdminUp) return;
    json.member("operationalStatus", interface.hasCarrier ? "up" : "down");
    json.member("linkDetection", true);
}

void writeAddresses(JsonWriter& json, const InterfaceView& view) {
    json.key("ipAddresses");
    json.openArray();
    for (const InterfaceView::Address& shown : view.addresses) {
        json.openObject();
        json.member("address", toString(shown.address));
        json.member("secondary", shown.isSecondary);
        json.member("unnumbered", false);
        json.closeObject();
    }
    json.closeArray();
}

void writeInterface(JsonWriter& json, const InterfaceView& view) {
    const InterfaceState& interface = *view.state;
    json.key(interface.name);
    json.openObject();
    writeState(json, interface);
    json.member("vrfName", "default");
    if (!interface.description.empty()) json.member("description", interface.description);
    json.member("mplsEnabled", false);
    json.member("linkDown", true);
    json.member("linkDownV6", true);
    json.member("mcForwardingV4", false);
    json.member("mcForwardingV6", false);
    json.member("pseudoInterface", false);
    json.member("index", view.index);
    json.member("metric", 0);
    json.member("mtu", view.mtu);
    json.member("speed", view.speed);
    json.member("flags", view.flags);
    json.member("type", interface.isLoopback ? "Loopback" : "Ethernet");
    if (!view.macAddress.empty()) json.member("hardwareAddress", view.macAddress);
    if (view.bandwidth != 0) json.member("bandwidth", view.bandwidth);
    if (view.traffic) {
        json.member("loadInterval", view.traffic->interval / Duration::seconds(1));
        json.member("outputRate", view.traffic->outputRate);
        json.member("reliability", view.traffic->reliability);
    }
    writeAddresses(json, view);
    json.member("interfaceType", interface.isLoopback ? "Other" : "VETH");
    json.member("interfaceSlaveType", "None");
    json.member("lacpBypass", false);
    json.key("evpnMh");
    json.openObject();
    json.closeObject();
    json.member("protodown", "off");
    json.closeObject();
}

}  // namespace

std::string printInterfaceJson(const std::vector<InterfaceView>& views) {
    JsonWriter json;
    json.openObject();
    for (const InterfaceView& view : views)
        writeInterface(json, view);
    json.closeObject();
    return json.finish();
}

std::string printInterfaceBriefJson(const std::vector<InterfaceView>& views) {
    JsonWriter json;
    json.openObject();
    for (const InterfaceView& view : views) {
        json.key(view.state->name);
        json.openObject();
        json.member("status", view.state->isAdminUp ? "up" : "down");
        json.member("vrfName", "default");
        json.key("addresses");
        json.openArray();
        for (const InterfaceView::Address& shown : view.addresses) {
            const IpAddress& address = shown.address.address;
            if (!shown.isSecondary && !(address.isV6() && address.isLinkLocal()))
                json.text(toString(shown.address));
        }
        json.closeArray();
        json.closeObject();
    }
    json.closeObject();
    return json.finish();
}

}  // namespace peerscape
