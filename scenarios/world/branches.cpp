#include "scenarios/world/branches.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace peerscape {

Branches::Branches(LabWorld& world, const RunLimits& limits) : world_(world) {
    Branch main;
    main.name = "main";
    main.furthest = world.lab().now();
    main.steps = std::make_unique<StepRunner>(world, limits);
    branches_.push_back(std::move(main));
}

const StepRunner& Branches::stepsHere() const {
    const auto later = std::ranges::find_if(
        present().marks, [now = world_.lab().now()](const StepMark& mark) { return mark.begun > now; });
    return later == present().marks.end() ? *present().steps : *later->before;
}

void Branches::rememberStep() {
    present().marks.push_back({world_.lab().now(), std::make_shared<const StepRunner>(steps())});
}

void Branches::forgetStep() {
    present().steps = std::make_unique<StepRunner>(*present().marks.back().before);
    present().marks.pop_back();
    present().furthest = world_.lab().now();
}

void Branches::noteProgress() { present().furthest = std::max(present().furthest, world_.lab().now()); }

std::optional<std::string> Branches::beforeAction() {
    if (world_.lab().now() >= present().furthest) return std::nullopt;
    fork(nextName());
    return presentName();
}

void Branches::takeBack() {
    const auto parent = std::ranges::find(branches_, present().parent, &Branch::name);
    present_ = static_cast<std::size_t>(parent - branches_.begin());
    world_.lab() = std::move(*present().lab);
    present().lab.reset();
    branches_.pop_back();
}

Result<std::string> Branches::begin(std::string_view name) {
    if (has(name)) return failure(fmt::format("there is a branch '{}' already", name));
    fork(name.empty() ? nextName() : std::string(name));
    return presentName();
}

void Branches::fork(std::string name) {
    const SimTime now = world_.lab().now();
    Branch next;
    next.name = std::move(name);
    next.parent = presentName();
    next.begun = now;
    next.furthest = now;
    next.steps = std::make_unique<StepRunner>(stepsHere());
    std::ranges::copy_if(present().marks, std::back_inserter(next.marks),
                         [now](const StepMark& mark) { return mark.begun <= now; });
    present().lab = world_.lab();
    branches_.push_back(std::move(next));
    present_ = branches_.size() - 1;
}

Result<void> Branches::switchTo(std::string_view name) {
    const Branch* wanted = find(name);
    if (wanted == nullptr) return failure(fmt::format("there is no branch '{}'", name));
    const auto index = static_cast<std::size_t>(wanted - branches_.data());
    if (index == present_) return {};
    present().lab = std::move(world_.lab());
    world_.lab() = std::move(*branches_[index].lab);
    branches_[index].lab.reset();
    present_ = index;
    return {};
}

std::string Branches::list() const {
    std::string text;
    for (const Branch& branch : branches_) {
        const std::string from = branch.parent.empty()
                                     ? std::string()
                                     : fmt::format(", from {} at {}", branch.parent, toString(branch.begun));
        text += fmt::format("{} {}{}, up to {}\n", branch.name == presentName() ? '*' : ' ', branch.name,
                            from, toString(branch.furthest));
    }
    return text;
}

std::vector<std::string> Branches::names() const {
    std::vector<std::string> names;
    for (const Branch& branch : branches_)
        names.push_back(branch.name);
    return names;
}

std::vector<Branches::Span> Branches::spans() const {
    std::vector<Span> spans;
    for (const Branch& branch : branches_)
        spans.push_back({branch.name, branch.parent, branch.begun, branch.furthest});
    return spans;
}

Result<Lab> Branches::at(std::string_view name, SimTime time) const {
    const Branch* branch = find(name);
    if (branch == nullptr) return failure(fmt::format("there is no branch '{}'", name));
    Lab copy = branch->lab ? *branch->lab : std::as_const(world_).lab();
    if (auto done = copy.seek(time); !done) return std::unexpected(done.error());
    return copy;
}

const Branches::Branch* Branches::find(std::string_view name) const {
    const auto found = std::ranges::find(branches_, name, &Branch::name);
    return found == branches_.end() ? nullptr : &*found;
}

std::string Branches::nextName() const {
    for (std::size_t number = branches_.size();; ++number) {
        std::string name = fmt::format("branch-{}", number);
        if (!has(name)) return name;
    }
}

}  // namespace peerscape
