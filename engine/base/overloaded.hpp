#pragma once

namespace peerscape {

/// One function object of several lambdas, for std::visit: the one that fits the alternative is called.
template <typename... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

}  // namespace peerscape
