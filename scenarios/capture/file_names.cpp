#include "scenarios/capture/file_names.hpp"

#include <fmt/format.h>

namespace peerscape::capture {

namespace {

constexpr std::size_t kLongest = 100;

bool isForbidden(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
}

/// Whether the byte continues a UTF-8 character.
bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::string inSmallLetters(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace

std::string safeFileName(std::string_view name) {
    std::size_t length = name.size();
    if (length > kLongest) {
        length = kLongest;
        while (length > 0 && isContinuation(name[length]))
            --length;
    }
    std::string safe(name.substr(0, length));
    for (char& c : safe) {
        if (isForbidden(c)) c = '_';
    }
    if (safe.empty() || safe.front() == '.') safe.insert(0, 1, '_');
    return safe;
}

std::string FileNames::next(std::string_view name, std::string_view extension) {
    const std::string safe = safeFileName(name);
    std::string file = fmt::format("{}{}", safe, extension);
    for (int number = 2; !taken_.insert(inSmallLetters(file)).second; ++number)
        file = fmt::format("{}-{}{}", safe, number, extension);
    return file;
}

}  // namespace peerscape::capture
