#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <utility>

namespace peerscape {

/// A place in a text the user wrote. Line and column count from 1; 0 means "not known".
struct SourcePlace {
    std::string file;
    std::uint32_t line = 0;
    std::uint32_t column = 0;

    friend bool operator==(const SourcePlace&, const SourcePlace&) = default;
};

/// "file:line:column", leaving out what is not known.
std::string toString(const SourcePlace& place);

/// An expected failure: where it happened (when it has a place) and a sentence that says what was expected.
struct Error {
    std::string message;
    SourcePlace place;

    friend bool operator==(const Error&, const Error&) = default;
};

/// "file:line:column: message".
std::string toString(const Error& error);

template <typename T>
using Result = std::expected<T, Error>;

/// `return failure("...")` from a function that returns a Result.
inline std::unexpected<Error> failure(std::string message, SourcePlace place = {}) {
    return std::unexpected<Error>(Error{std::move(message), std::move(place)});
}

}  // namespace peerscape
