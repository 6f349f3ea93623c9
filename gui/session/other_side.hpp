#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/lab/lab.hpp"
#include "gui/session/compare.hpp"
#include "gui/session/comparison.hpp"

namespace peerscape::gui {

/// The instant that tables are compared with, kept from one snapshot to the next: its tables are read again
/// only when the instant is another one, and time goes on in it instead of being run from the start.
class OtherSide {
  public:
    /// `lab`: a copy of the timeline. `actions`: how many had been taken on any timeline then; nothing: the
    /// copy stands at the instant that was asked for and no action touches it.
    OtherSide(OtherInstant asked, Lab lab, std::optional<std::uint64_t> actions);

    /// Whether this is what `asked` means, now that so many actions have been taken.
    bool isStill(const OtherInstant& asked, std::uint64_t actions) const;
    /// False: there is no way to that instant.
    bool goTo(SimTime time);
    SimTime time() const { return lab_.now(); }
    const std::vector<NodeTable>& tables();

  private:
    OtherInstant asked_;
    Lab lab_;
    std::optional<std::uint64_t> actions_;
    std::optional<std::vector<NodeTable>> tables_;
};

}  // namespace peerscape::gui
