#include "gui/session/link_capture.hpp"

#include <system_error>
#include <utility>
#include <vector>

#include "gui/model/refusal.hpp"
#include "scenarios/capture/captures.hpp"
#include "scenarios/world/version.hpp"

namespace peerscape::gui {

namespace {

/// Hands what a run's log has got since the last time on to a capture.
class Follower {
  public:
    Follower(const Lab& lab, capture::Captures& captures) : lab_(lab), captures_(captures) {}

    void hand() {
        const RecordLog& log = lab_.log();
        std::vector<Record> portion;
        for (std::size_t i = log.positionOf(RecordId(handed_)); i < log.kept().size(); ++i)
            portion.push_back(log.kept()[i]);
        handed_ = log.count();
        captures_.take(portion);
    }

  private:
    const Lab& lab_;
    capture::Captures& captures_;
    std::uint64_t handed_ = 0;  ///< records
};

Result<void> whyNot(const LabWorld& world, const Topology& topology, const CaptureOrder& order) {
    if (world.file().sendsWholeMessages)
        return refusal(QT_TRANSLATE_NOOP("Refusal",
                                         "the lab says 'tcp: messages', so that most of BGP travels without "
                                         "packets: take that line out to capture them"));
    for (const std::string& name : order.links) {
        if (!topology.segmentNamed(name))
            return refusal(QT_TRANSLATE_NOOP("Refusal", "the run has no link '%1'"), name);
    }
    return {};
}

}  // namespace

Result<Captured> captureLinks(const LabWorld& world, Lab copy, SimTime end, const CaptureOrder& order,
                              const std::function<bool(double part)>& progress) {
    constexpr int kQuestions = 50;
    if (auto possible = whyNot(world, world.simulation().topology(), order); !possible)
        return std::unexpected(possible.error());
    const Simulation& simulation = std::as_const(copy).simulation();
    capture::Captures captures(order.file, {order.links.begin(), order.links.end()}, simulation,
                               capture::sectionOfRun(world.file().title, simulation.options().seed,
                                                     std::string("Peerscape ") + kVersion));
    if (auto begun = captures.begin(); !begun) return std::unexpected(begun.error());
    Follower follower(copy, captures);
    follower.hand();
    RunHooks hooks;
    hooks.onInstant = [&] { follower.hand(); };
    Captured captured;
    for (int i = 1; i <= kQuestions && !captured.isGivenUp; ++i) {
        copy.runUntil(i == kQuestions ? end : SimTime::after(end.sinceStart() / kQuestions * i), hooks);
        follower.hand();
        captured.isGivenUp = progress && !progress(static_cast<double>(i) / kQuestions);
    }
    if (auto written = captures.finish(); !written) return std::unexpected(written.error());
    captured.frames = captures.frames();
    if (captured.isGivenUp) {
        std::error_code ignored;
        std::filesystem::remove(order.file, ignored);
    }
    return captured;
}

}  // namespace peerscape::gui
