#include "scenarios/format/lab_keys.hpp"

#include <algorithm>
#include <array>

namespace peerscape {

bool ObjectKeys::has(std::string_view key) const {
    return std::ranges::find(keys, key, &KeyInfo::name) != keys.end();
}

std::vector<std::string> ObjectKeys::names() const {
    std::vector<std::string> words;
    for (const KeyInfo& key : keys)
        words.emplace_back(key.name);
    return words;
}

namespace lab_keys {

namespace {

constexpr bool kRequired = true;

constexpr std::array kLabKeys{
    KeyInfo{"peerscape", kRequired},
    KeyInfo{"title"},
    KeyInfo{"about"},
    KeyInfo{"seed"},
    KeyInfo{"tcp"},
    KeyInfo{"bgp"},
    KeyInfo{"groups"},
    KeyInfo{"routers"},
    KeyInfo{"hosts"},
    KeyInfo{"links"},
    KeyInfo{"lans"},
    KeyInfo{"probes"},
    KeyInfo{"flows"},
    KeyInfo{"roas"},
    KeyInfo{"watch"},
    KeyInfo{"notes"},
    KeyInfo{"steps"},
};
constexpr std::array kBgpKeys{KeyInfo{"advertisement-interval"}, KeyInfo{"jitter"}};
constexpr std::array kAdvertisementIntervalKeys{KeyInfo{"external"}, KeyInfo{"internal"}};
constexpr std::array kGroupKeys{
    KeyInfo{"kind"}, KeyInfo{"title"}, KeyInfo{"asn"}, KeyInfo{"parent"}, KeyInfo{"group"},
};
constexpr std::array kRouterKeys{
    KeyInfo{"group"},    KeyInfo{"at"},        KeyInfo{"loopback"},
    KeyInfo{"config"},   KeyInfo{"language"},  KeyInfo{"asn"},
    KeyInfo{"networks"}, KeyInfo{"protocols"}, KeyInfo{"route-reflector"},
};
constexpr std::array kHostKeys{
    KeyInfo{"gateway"}, KeyInfo{"address"}, KeyInfo{"group"}, KeyInfo{"at"}, KeyInfo{"config"},
};
constexpr std::array kLinkKeys{
    KeyInfo{"name"}, KeyInfo{"ends", kRequired}, KeyInfo{"bandwidth"}, KeyInfo{"delay"},
    KeyInfo{"loss"}, KeyInfo{"duplicate"},       KeyInfo{"reorder"},   KeyInfo{"corrupt"},
    KeyInfo{"mtu"},  KeyInfo{"queue"},           KeyInfo{"relation"},
};
constexpr std::array kLanKeys{
    KeyInfo{"name"}, KeyInfo{"ends", kRequired}, KeyInfo{"bandwidth"}, KeyInfo{"delay"},
    KeyInfo{"loss"}, KeyInfo{"duplicate"},       KeyInfo{"reorder"},   KeyInfo{"corrupt"},
    KeyInfo{"mtu"},  KeyInfo{"queue"},
};
constexpr std::array kProbeKeys{KeyInfo{"from", kRequired}, KeyInfo{"to", kRequired}, KeyInfo{"source"}};
constexpr std::array kFlowKeys{
    KeyInfo{"name"}, KeyInfo{"from", kRequired}, KeyInfo{"to", kRequired}, KeyInfo{"source"}, KeyInfo{"rate"},
    KeyInfo{"size"}, KeyInfo{"start"},           KeyInfo{"stop"},
};
constexpr std::array kRoaKeys{KeyInfo{"prefix", kRequired}, KeyInfo{"max_length"},
                              KeyInfo{"origin", kRequired}};
constexpr std::array kWatchKeys{KeyInfo{"prefix", kRequired}, KeyInfo{"origins", kRequired}};
constexpr std::array kNoteKeys{KeyInfo{"text", kRequired}, KeyInfo{"at", kRequired}};
constexpr std::array kStepKeys{
    KeyInfo{"name"},   KeyInfo{"about"}, KeyInfo{"at"},     KeyInfo{"do"},
    KeyInfo{"within"}, KeyInfo{"until"}, KeyInfo{"expect"},
};

constexpr std::array kActionKeys{
    KeyInfo{"fail"},      KeyInfo{"restore"},     KeyInfo{"fail_silently"}, KeyInfo{"fail_one_way"},
    KeyInfo{"shutdown"},  KeyInfo{"no_shutdown"}, KeyInfo{"add_link"},      KeyInfo{"add_lan"},
    KeyInfo{"configure"}, KeyInfo{"command"},     KeyInfo{"wait"},          KeyInfo{"change"},
    KeyInfo{"flap"},      KeyInfo{"stop"},        KeyInfo{"start"},         KeyInfo{"freeze"},
    KeyInfo{"thaw"},
};
constexpr std::array kFailureOptionKeys{KeyInfo{"for"}, KeyInfo{"from"}};
constexpr std::array kFailOneWayKeys{KeyInfo{"link", kRequired}, KeyInfo{"from", kRequired}};
constexpr std::array kConfigureKeys{KeyInfo{"router", kRequired}, KeyInfo{"lines", kRequired}};
constexpr std::array kCommandKeys{KeyInfo{"router", kRequired}, KeyInfo{"line", kRequired}};
constexpr std::array kChangeKeys{
    KeyInfo{"link", kRequired}, KeyInfo{"delay"},   KeyInfo{"bandwidth"}, KeyInfo{"loss"},
    KeyInfo{"duplicate"},       KeyInfo{"reorder"}, KeyInfo{"corrupt"},   KeyInfo{"mtu"},
    KeyInfo{"queue"},
};
constexpr std::array kFlapKeys{KeyInfo{"link", kRequired}, KeyInfo{"down", kRequired},
                               KeyInfo{"up", kRequired}, KeyInfo{"times"}};
constexpr std::array kStopStartKeys{KeyInfo{"router", kRequired}, KeyInfo{"protocol"}};

constexpr std::array kExpectationKeys{
    KeyInfo{"converged"}, KeyInfo{"oscillates"}, KeyInfo{"reaches"},        KeyInfo{"unreachable"},
    KeyInfo{"route"},     KeyInfo{"no-loops"},   KeyInfo{"no-black-holes"}, KeyInfo{"lost"},
    KeyInfo{"show"},      KeyInfo{"session"},    KeyInfo{"best"},           KeyInfo{"rip"},
    KeyInfo{"messages"},  KeyInfo{"config"},     KeyInfo{"alarm"},          KeyInfo{"no-alarms"},
};
constexpr std::array kCommonKeys{
    KeyInfo{"name"}, KeyInfo{"at"},   KeyInfo{"within"}, KeyInfo{"not"},   KeyInfo{"weight"},
    KeyInfo{"pass"}, KeyInfo{"fail"}, KeyInfo{"hint"},   KeyInfo{"level"},
};
constexpr std::array kReachesKeys{
    KeyInfo{"from", kRequired}, KeyInfo{"to", kRequired}, KeyInfo{"source"}, KeyInfo{"path"}, KeyInfo{"via"},
    KeyInfo{"avoids"},
};
constexpr std::array kUnreachableKeys{
    KeyInfo{"from", kRequired},
    KeyInfo{"to", kRequired},
    KeyInfo{"source"},
    KeyInfo{"disposition"},
};
constexpr std::array kRouteKeys{
    KeyInfo{"router", kRequired},
    KeyInfo{"prefix", kRequired},
    KeyInfo{"protocol"},
    KeyInfo{"metric"},
    KeyInfo{"distance"},
    KeyInfo{"tag"},
    KeyInfo{"via"},
    KeyInfo{"interface"},
    KeyInfo{"next-hops"},
};
constexpr std::array kLostKeys{KeyInfo{"flow"}, KeyInfo{"from"}, KeyInfo{"to"}, KeyInfo{"at-most"},
                               KeyInfo{"at-least"}};
constexpr std::array kShowKeys{
    KeyInfo{"router", kRequired},
    KeyInfo{"command", kRequired},
    KeyInfo{"contains"},
    KeyInfo{"lines"},
    KeyInfo{"text"},
    KeyInfo{"lacks"},
};
constexpr std::array kSessionKeys{KeyInfo{"router", kRequired}, KeyInfo{"neighbor", kRequired},
                                  KeyInfo{"state"}, KeyInfo{"reason"}};
constexpr std::array kBestKeys{
    KeyInfo{"router", kRequired},
    KeyInfo{"prefix", kRequired},
    KeyInfo{"as-path"},
    KeyInfo{"next-hop"},
    KeyInfo{"neighbor"},
    KeyInfo{"local-pref"},
    KeyInfo{"med"},
    KeyInfo{"origin"},
    KeyInfo{"communities"},
    KeyInfo{"lost"},
};
constexpr std::array kRipKeys{KeyInfo{"router", kRequired}, KeyInfo{"prefix", kRequired}, KeyInfo{"metric"},
                              KeyInfo{"from"}};
constexpr std::array kMessagesKeys{KeyInfo{"protocol", kRequired}, KeyInfo{"router"}, KeyInfo{"at-most"},
                                   KeyInfo{"at-least"}};
constexpr std::array kConfigKeys{KeyInfo{"router", kRequired}, KeyInfo{"contains"}, KeyInfo{"lacks"}};
constexpr std::array kTextCatalogueKeys{KeyInfo{"language", kRequired}, KeyInfo{"texts", kRequired}};
constexpr std::array kAlarmKeys{KeyInfo{"prefix", kRequired}, KeyInfo{"origin"}, KeyInfo{"routers"}};

}  // namespace

constexpr ObjectKeys kLab{"the lab", kLabKeys};
constexpr ObjectKeys kBgp{"'bgp'", kBgpKeys};
constexpr ObjectKeys kAdvertisementInterval{"'advertisement-interval'", kAdvertisementIntervalKeys};
constexpr ObjectKeys kGroup{"a group", kGroupKeys};
constexpr ObjectKeys kRouter{"a router", kRouterKeys};
constexpr ObjectKeys kHost{"a host", kHostKeys};
constexpr ObjectKeys kLink{"a link", kLinkKeys};
constexpr ObjectKeys kLan{"a LAN", kLanKeys};
constexpr ObjectKeys kProbe{"a probe", kProbeKeys};
constexpr ObjectKeys kFlow{"a flow", kFlowKeys};
constexpr ObjectKeys kRoa{"a roa", kRoaKeys};
constexpr ObjectKeys kWatch{"a watch", kWatchKeys};
constexpr ObjectKeys kNote{"a note", kNoteKeys};
constexpr ObjectKeys kStep{"a step", kStepKeys};
constexpr ObjectKeys kActions{"an action", kActionKeys};
constexpr ObjectKeys kFailureOptions{"a failure", kFailureOptionKeys};
constexpr ObjectKeys kFailOneWay{"'fail_one_way'", kFailOneWayKeys};
constexpr ObjectKeys kConfigure{"'configure'", kConfigureKeys};
constexpr ObjectKeys kCommand{"'command'", kCommandKeys};
constexpr ObjectKeys kChange{"'change'", kChangeKeys};
constexpr ObjectKeys kFlap{"'flap'", kFlapKeys};
constexpr ObjectKeys kStopStart{"'stop', 'start', 'freeze' and 'thaw'", kStopStartKeys};
constexpr ObjectKeys kExpectations{"an expectation", kExpectationKeys};
constexpr ObjectKeys kExpectationCommon{"an expectation", kCommonKeys};
constexpr ObjectKeys kNoFields{"this expectation", {}};
constexpr ObjectKeys kReaches{"'reaches'", kReachesKeys};
constexpr ObjectKeys kUnreachable{"'unreachable'", kUnreachableKeys};
constexpr ObjectKeys kRoute{"'route'", kRouteKeys};
constexpr ObjectKeys kLost{"'lost'", kLostKeys};
constexpr ObjectKeys kShow{"'show'", kShowKeys};
constexpr ObjectKeys kSession{"'session'", kSessionKeys};
constexpr ObjectKeys kBest{"'best'", kBestKeys};
constexpr ObjectKeys kRip{"'rip'", kRipKeys};
constexpr ObjectKeys kMessages{"'messages'", kMessagesKeys};
constexpr ObjectKeys kConfig{"'config'", kConfigKeys};
constexpr ObjectKeys kAlarm{"'alarm'", kAlarmKeys};

constexpr ObjectKeys kTextCatalogue{"a catalogue of texts", kTextCatalogueKeys};

std::span<const ObjectKeys* const> all() {
    static constexpr std::array kAll{
        &kLab,      &kGroup,          &kRouter,      &kHost,         &kLink,
        &kLan,      &kProbe,          &kFlow,        &kRoa,          &kStep,
        &kActions,  &kFailureOptions, &kFailOneWay,  &kConfigure,    &kCommand,
        &kChange,   &kFlap,           &kStopStart,   &kExpectations, &kExpectationCommon,
        &kNoFields, &kReaches,        &kUnreachable, &kRoute,        &kLost,
        &kShow,     &kSession,        &kBest,        &kRip,          &kMessages,
        &kConfig,   &kAlarm,          &kWatch,       &kBgp,          &kAdvertisementInterval,
        &kNote,
    };
    return kAll;
}

}  // namespace lab_keys

}  // namespace peerscape
