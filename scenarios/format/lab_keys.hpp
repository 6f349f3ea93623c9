#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Every key of the lab file. One table per object serves the reader, its "did you mean", and the test of the
/// manual.
namespace peerscape {

struct KeyInfo {
    std::string_view name;
    bool isRequired = false;
};

struct ObjectKeys {
    std::string_view object;  ///< "a link": for messages
    std::span<const KeyInfo> keys;

    bool has(std::string_view key) const;
    std::vector<std::string> names() const;
};

namespace lab_keys {

extern const ObjectKeys kLab;
extern const ObjectKeys kBgp;
extern const ObjectKeys kAdvertisementInterval;
extern const ObjectKeys kGroup;
extern const ObjectKeys kRouter;
extern const ObjectKeys kHost;
extern const ObjectKeys kLink;
extern const ObjectKeys kLan;
extern const ObjectKeys kProbe;
extern const ObjectKeys kFlow;
extern const ObjectKeys kRoa;
extern const ObjectKeys kWatch;
extern const ObjectKeys kNote;
extern const ObjectKeys kStep;

/// The words of `do:`, and what may stand beside such a word or inside its map.
extern const ObjectKeys kActions;
extern const ObjectKeys kFailureOptions;
extern const ObjectKeys kFailOneWay;
extern const ObjectKeys kConfigure;
extern const ObjectKeys kCommand;
extern const ObjectKeys kChange;
extern const ObjectKeys kFlap;
extern const ObjectKeys kStopStart;

/// The words of `expect:`, what every expectation may carry, and what stands inside the map of each.
extern const ObjectKeys kExpectations;
extern const ObjectKeys kExpectationCommon;
extern const ObjectKeys kNoFields;
extern const ObjectKeys kReaches;
extern const ObjectKeys kUnreachable;
extern const ObjectKeys kRoute;
extern const ObjectKeys kLost;
extern const ObjectKeys kShow;
extern const ObjectKeys kSession;
extern const ObjectKeys kBest;
extern const ObjectKeys kRip;
extern const ObjectKeys kMessages;
extern const ObjectKeys kConfig;
extern const ObjectKeys kAlarm;

/// Of the file beside a lab that holds its texts in another language; no part of the lab file.
extern const ObjectKeys kTextCatalogue;

/// All of the tables of the lab file.
std::span<const ObjectKeys* const> all();

}  // namespace lab_keys

}  // namespace peerscape
