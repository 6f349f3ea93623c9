#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/lab_file.hpp"
#include "scenarios/format/lab_reader.hpp"
#include "scenarios/format/object_reader.hpp"

/// The sections of a lab file, one reader each. They look at one entry at a time; lab_checks.hpp looks at all
/// together.
namespace peerscape {

std::vector<GroupEntry> readGroups(const ReadContext& context, const yaml::Value& node);
std::vector<RouterEntry> readRouters(const ReadContext& context, const yaml::Value& node,
                                     const FileLoader& loader);
std::vector<HostEntry> readHosts(const ReadContext& context, const yaml::Value& node,
                                 const FileLoader& loader);
std::optional<LinkEntry> readLink(const ReadContext& context, const yaml::Value& node, SegmentKind kind);
std::optional<ProbeEntry> readProbe(const ReadContext& context, const yaml::Value& node);
std::optional<FlowEntry> readFlow(const ReadContext& context, const yaml::Value& node);
std::optional<RoaEntry> readRoa(const ReadContext& context, const yaml::Value& node);
std::optional<WatchEntry> readWatch(const ReadContext& context, const yaml::Value& node);
std::optional<NoteEntry> readNote(const ReadContext& context, const yaml::Value& node);
std::optional<StepEntry> readStep(const ReadContext& context, const yaml::Value& node);
std::optional<LabAction> readAction(const ReadContext& context, const yaml::Value& node);
std::optional<Expectation> readExpectation(const ReadContext& context, const yaml::Value& node);

bool isStepName(std::string_view text);
inline constexpr std::string_view kStepNameRule =
    "a step's name is one line of at most 100 bytes without '/' and '\\'";

/// Names the links that have no name after their ends ("B-C", "B-C-2" …), so that steps can refer to them.
void nameLinks(LabFile& lab);

}  // namespace peerscape
