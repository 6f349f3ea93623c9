#include "scenarios/world/unrelated_speakers.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>

#include "scenarios/format/group_tree.hpp"
#include "scenarios/format/lab_walk.hpp"

namespace peerscape {
namespace {

/// Sets of nodes that grow together.
class Parts {
  public:
    explicit Parts(std::size_t count) : parents_(count) { std::iota(parents_.begin(), parents_.end(), 0U); }

    std::size_t of(std::size_t member) const {
        while (parents_[member] != member)
            member = parents_[member];
        return member;
    }
    /// The least member stands for all.
    void join(std::size_t a, std::size_t b) {
        const std::size_t first = of(a);
        const std::size_t second = of(b);
        parents_[std::max(first, second)] = std::min(first, second);
    }

  private:
    std::vector<std::size_t> parents_;
};

class Relations {
  public:
    Relations(const LabFile& lab, const Simulation& world, const BgpSpeakers& speakers)
        : lab_(lab), world_(world), speakers_(speakers), parts_(speakers.all().size()) {
        for (std::size_t i = 0; i < speakers.all().size(); ++i)
            ofNumber_[speakers.all()[i].number()].push_back(i);
        std::erase_if(ofNumber_, [](const auto& entry) { return entry.second.size() < 2; });
        if (ofNumber_.empty()) return;
        joinBySessions();
        joinByWays();
        joinByGroups();
    }

    std::vector<std::pair<std::size_t, std::size_t>> unrelated() const {
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        for (const auto& [number, members] : ofNumber_) {
            std::optional<std::size_t> before;
            for (const std::size_t member : members) {
                if (parts_.of(member) != member) continue;
                if (before && !isShared(*before, member) && !isReported(*before, member, number))
                    pairs.emplace_back(*before, member);
                before = member;
            }
        }
        return pairs;
    }

  private:
    void joinBySessions() {
        for (const BgpSide& side : speakers_.sides()) {
            if (!side.other) continue;
            const std::size_t there = speakers_.sides()[*side.other].speaker;
            if (numberOf(there) == numberOf(side.speaker)) parts_.join(there, side.speaker);
        }
    }
    Asn numberOf(std::size_t speaker) const { return speakers_.all()[speaker].number(); }

    /// Over links, and over nodes that do not speak BGP.
    void joinByWays() {
        std::map<std::string, std::size_t, std::less<>> speakerOf;
        for (std::size_t i = 0; i < speakers_.all().size(); ++i)
            speakerOf.emplace(world_.topology().node(speakers_.all()[i].node).name, i);
        std::map<std::string, std::vector<std::string>, std::less<>> neighbors;
        forEachLink(lab_, [&](const LinkEntry& link) {
            for (const EndEntry& end : link.ends) {
                for (const EndEntry& other : link.ends)
                    neighbors[end.node.name].push_back(other.node.name);
            }
        });
        for (const auto& [number, members] : ofNumber_) {
            for (const std::size_t member : members) {
                std::deque<std::string> waiting{world_.topology().node(speakers_.all()[member].node).name};
                std::set<std::string> seen{waiting.front()};
                while (!waiting.empty()) {
                    const std::string here = std::move(waiting.front());
                    waiting.pop_front();
                    for (const std::string& next : neighbors[here]) {
                        if (!seen.insert(next).second) continue;
                        const auto speaker = speakerOf.find(next);
                        if (speaker == speakerOf.end()) {
                            waiting.push_back(next);
                        } else if (numberOf(speaker->second) == number) {
                            parts_.join(member, speaker->second);
                        }
                    }
                }
            }
        }
    }

    void joinByGroups() {
        for (const auto& [number, members] : ofNumber_) {
            std::vector<std::pair<const GroupEntry*, std::size_t>> firstOf;
            for (const std::size_t member : members) {
                const GroupEntry* group = groupOf(lab_, nameOf(member));
                if (group == nullptr) continue;
                bool isNew = true;
                for (const auto& [other, first] : firstOf) {
                    if (other == group || areRelated(lab_, *group, *other)) parts_.join(member, first);
                    isNew = isNew && other != group;
                }
                if (isNew) firstOf.emplace_back(group, member);
            }
        }
    }
    const std::string& nameOf(std::size_t speaker) const {
        return world_.topology().node(speakers_.all()[speaker].node).name;
    }

    /// Somebody takes the own number in paths, or has it replaced.
    bool isShared(std::size_t first, std::size_t second) const {
        const auto isOf = [&](std::size_t speaker) {
            return parts_.of(speaker) == first || parts_.of(speaker) == second;
        };
        return std::ranges::any_of(speakers_.sides(), [&](const BgpSide& side) {
            for (const Family family : {Family::IPv4, Family::IPv6}) {
                const bgp::NeighborFamilySettings& settings = *side.config.families[family];
                const bool takesOwn =
                    settings.allowAsIn.has_value() || settings.allowAsInOrigin.value_or(false);
                if (takesOwn && isOf(side.speaker)) return true;
                if (settings.overridesAs.value_or(false) && side.remote == numberOf(first)) return true;
            }
            return false;
        });
    }
    bool isReported(std::size_t first, std::size_t second, Asn number) const {
        const GroupEntry* one = numberedGroupOf(lab_, nameOf(first));
        const GroupEntry* two = numberedGroupOf(lab_, nameOf(second));
        return one != nullptr && two != nullptr && one != two && one->asn == number && two->asn == number;
    }

    const LabFile& lab_;
    const Simulation& world_;
    const BgpSpeakers& speakers_;
    std::map<Asn, std::vector<std::size_t>> ofNumber_;
    Parts parts_;
};

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> unrelatedSpeakers(const LabFile& lab,
                                                                   const Simulation& world,
                                                                   const BgpSpeakers& speakers) {
    return Relations(lab, world, speakers).unrelated();
}

}  // namespace peerscape
