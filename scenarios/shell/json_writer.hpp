#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace peerscape {

/// Writes JSON in the layout that FRR prints: two blanks a level, no blank behind a colon, keys in the order
/// given. Whoever calls opens and closes in pairs, and gives a key before each value of an object.
class JsonWriter {
  public:
    void openObject() { open('{'); }
    void closeObject() { close('}'); }
    void openArray() { open('['); }
    void closeArray() { close(']'); }
    void key(std::string_view name);

    void text(std::string_view value);
    void boolean(bool value) { raw(value ? "true" : "false"); }
    void number(std::int64_t value);

    void member(std::string_view name, std::string_view value) {
        key(name);
        text(value);
    }
    void member(std::string_view name, const char* value) { member(name, std::string_view(value)); }
    void member(std::string_view name, std::same_as<bool> auto value) {
        key(name);
        boolean(value);
    }
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    void member(std::string_view name, T value) {
        key(name);
        number(static_cast<std::int64_t>(value));
    }
    /// The flag as FRR gives flags: there when true, left out when false.
    void memberIf(bool value, std::string_view name) {
        if (value) member(name, true);
    }

    /// Everything written so far, and a newline.
    std::string finish() const { return text_ + "\n"; }

  private:
    void open(char bracket);
    void close(char bracket);
    void raw(std::string_view value);
    void beginValue();
    void newLine();

    std::string text_;
    std::size_t depth_ = 0;
    bool isFirst_ = true;  ///< nothing stands in the innermost bracket yet
    bool followsKey_ = false;
};

}  // namespace peerscape
