#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/time.hpp"
#include "engine/lab/lab.hpp"
#include "scenarios/world/lab_world.hpp"
#include "scenarios/world/step_runner.hpp"

namespace peerscape {

/// The timelines of one console session. One of them is the world's own run; the others rest, each as a whole
/// run of its own that can be gone back to.
///
/// The first is called "main". An action in the past, before the furthest instant that the timeline has
/// reached, leaves it as it is and begins a new one, which has the past in common with it.
class Branches {
  public:
    /// `limits`: of the steps; by default the log of a long step is cut.
    explicit Branches(LabWorld& world, const RunLimits& limits = {});

    StepRunner& steps() { return *present().steps; }
    /// The steps as they stand at this instant: in the past those are left that the timeline took later.
    const StepRunner& stepsHere() const;
    /// Before each of the lab file's steps: it belongs to the timeline from here on.
    void rememberStep();
    /// The step of the latest rememberStep() has not been taken after all; the caller has brought the lab
    /// back to where it was.
    void forgetStep();
    /// Whenever time has passed or an action was taken: how far the timeline reaches.
    void noteProgress();
    /// Before every action: in the past, begins a new timeline. Its name, or nothing when none was needed.
    std::optional<std::string> beforeAction();
    /// The timeline that beforeAction() has just begun is not wanted after all.
    void takeBack();
    /// Begins a timeline here and now; the present one stays as it is. An empty name stands for the next free
    /// "branch-N".
    Result<std::string> begin(std::string_view name);
    Result<void> switchTo(std::string_view name);
    /// A line each: name, where it begins, how far it goes.
    std::string list() const;

    bool has(std::string_view name) const { return find(name) != nullptr; }
    std::vector<std::string> names() const;
    /// What list() says of one timeline.
    struct Span {
        std::string name;
        std::string parent;  ///< empty: the first one
        SimTime begun;
        SimTime furthest;
    };
    std::vector<Span> spans() const;
    /// The timeline's run at an instant, in a copy: the run itself stays where it is.
    Result<Lab> at(std::string_view name, SimTime time) const;
    const std::string& presentName() const { return branches_[present_].name; }

  private:
    struct StepMark {
        SimTime begun;
        std::shared_ptr<const StepRunner> before;  ///< as it was then
    };
    struct Branch {
        std::string name;
        std::string parent;
        SimTime begun;
        SimTime furthest;
        std::optional<Lab> lab;  ///< nothing while it is the world's own run
        std::unique_ptr<StepRunner> steps;
        std::vector<StepMark> marks;
    };

    Branch& present() { return branches_[present_]; }
    const Branch& present() const { return branches_[present_]; }
    const Branch* find(std::string_view name) const;
    std::string nextName() const;
    void fork(std::string name);

    LabWorld& world_;
    std::vector<Branch> branches_;
    std::size_t present_ = 0;
};

}  // namespace peerscape
