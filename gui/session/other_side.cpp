#include "gui/session/other_side.hpp"

#include <utility>

namespace peerscape::gui {

OtherSide::OtherSide(OtherInstant asked, Lab lab, std::optional<std::uint64_t> actions)
    : asked_(std::move(asked)), lab_(std::move(lab)), actions_(actions) {}

bool OtherSide::isStill(const OtherInstant& asked, std::uint64_t actions) const {
    return asked == asked_ && (!actions_ || *actions_ == actions);
}

bool OtherSide::goTo(SimTime time) {
    if (time == lab_.now()) return true;
    tables_.reset();
    return lab_.seek(time).has_value();
}

const std::vector<NodeTable>& OtherSide::tables() {
    if (!tables_) tables_ = tablesOfAll(std::as_const(lab_).simulation());
    return *tables_;
}

}  // namespace peerscape::gui
