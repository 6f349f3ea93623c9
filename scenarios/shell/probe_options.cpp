// The command lines of ping (iputils) and traceroute, as far as they mean something in a lab.
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "engine/base/text.hpp"
#include "scenarios/shell/probe_commands.hpp"

namespace peerscape {

namespace {

constexpr std::uint64_t kMostCount = 100'000;  // what one command may send
constexpr std::uint64_t kMostBytes = 65'507;   // an IPv4 packet less its headers
constexpr std::uint64_t kMostTtl = 255;
constexpr std::uint64_t kMostQueries = 10;
constexpr std::int64_t kMostSeconds = 3'600;

std::string outOfRange(std::string_view program, std::string_view value, std::uint64_t least,
                       std::uint64_t most) {
    return fmt::format("{}: invalid argument: '{}': out of range: {} <= value <= {}", program, value, least,
                       most);
}

/// Goes through the words of a command: options with their values, and the one word that is the destination.
class OptionReader {
  public:
    OptionReader(std::string_view program, const std::vector<std::string_view>& words)
        : program_(program), words_(words) {}

    /// `take` handles one option letter, or says that there is no such option.
    Result<ProbeOptions> read(const std::function<Result<bool>(OptionReader&, char)>& take) {
        for (at_ = 1; at_ < words_.size(); ++at_) {
            const std::string_view word = words_[at_];
            if (word.size() < 2 || word.front() != '-') {
                if (!options.target.empty())
                    return failure(fmt::format("{}: one destination only, not '{}'", program_, word));
                options.target = word;
                continue;
            }
            attached_ = word.substr(2);
            const auto taken = take(*this, word[1]);
            if (!taken) return std::unexpected(taken.error());
            if (!*taken) return failure(fmt::format("{}: invalid option -- '{}'", program_, word[1]));
        }
        if (options.target.empty())
            return failure(fmt::format("{}: usage error: Destination address required", program_));
        return options;
    }

    /// The value behind an option: in the same word or the next one.
    Result<std::string_view> value() {
        if (!attached_.empty()) return std::exchange(attached_, {});
        if (at_ + 1 >= words_.size())
            return failure(fmt::format("{}: option {} needs a value", program_, words_[at_]));
        return words_[++at_];
    }
    Result<std::uint64_t> number(std::uint64_t least, std::uint64_t most) {
        const auto text = value();
        if (!text) return std::unexpected(text.error());
        const auto number = readNumber(*text);
        if (!number) return failure(fmt::format("{}: invalid argument: '{}'", program_, *text));
        if (*number < least || *number > most) return failure(outOfRange(program_, *text, least, most));
        return *number;
    }
    /// Seconds, with decimals.
    Result<Duration> seconds() {
        const auto text = value();
        if (!text) return std::unexpected(text.error());
        const auto quantity = readQuantity(*text);
        const auto nanoseconds =
            quantity && quantity->unit.empty() ? quantity->times(1'000'000'000) : std::nullopt;
        if (!nanoseconds) return failure(fmt::format("{}: invalid argument: '{}'", program_, *text));
        const Duration duration = Duration::nanoseconds(*nanoseconds);
        if (duration > Duration::seconds(kMostSeconds))
            return failure(outOfRange(program_, *text, 0, kMostSeconds));
        return duration;
    }

    /// Stores what was read; a failure is passed on.
    template <typename Field, typename Value>
    static Result<bool> store(Field& field, const Result<Value>& value) {
        if (!value) return std::unexpected(value.error());
        if constexpr (std::is_same_v<Value, std::uint64_t>) {
            field = static_cast<typename Field::value_type>(*value);
        } else {
            field = *value;
        }
        return true;
    }

    ProbeOptions options;

  private:
    std::string_view program_;
    const std::vector<std::string_view>& words_;
    std::size_t at_ = 0;
    std::string_view attached_;
};

Result<bool> takePingOption(OptionReader& reader, char letter) {
    ProbeOptions& options = reader.options;
    switch (letter) {
        case '4':
            options.family = Family::IPv4;
            return true;
        case '6':
            options.family = Family::IPv6;
            return true;
        case 'n':
            return true;
        case 'q':
            options.isQuiet = true;
            return true;
        case 'c':
            return OptionReader::store(options.count, reader.number(1, kMostCount));
        case 's':
            return OptionReader::store(options.size, reader.number(0, kMostBytes));
        case 't':
            return OptionReader::store(options.ttl, reader.number(1, kMostTtl));
        case 'i':
            return OptionReader::store(options.interval, reader.seconds());
        case 'W':
            return OptionReader::store(options.timeout, reader.seconds());
        case 'I':
            return OptionReader::store(options.source, reader.value());
        default:
            return false;
    }
}

Result<bool> takeTracerouteOption(OptionReader& reader, char letter) {
    ProbeOptions& options = reader.options;
    switch (letter) {
        case '4':
            options.family = Family::IPv4;
            return true;
        case '6':
            options.family = Family::IPv6;
            return true;
        case 'n':
            return true;
        case 'q':
            return OptionReader::store(options.count, reader.number(1, kMostQueries));
        case 'm':
            return OptionReader::store(options.ttl, reader.number(1, kMostTtl));
        case 'w':
            return OptionReader::store(options.timeout, reader.seconds());
        case 's':
        case 'i':
            return OptionReader::store(options.source, reader.value());
        default:
            return false;
    }
}

}  // namespace

Result<ProbeOptions> readPingOptions(const std::vector<std::string_view>& words) {
    return OptionReader("ping", words).read(takePingOption);
}

Result<ProbeOptions> readTracerouteOptions(const std::vector<std::string_view>& words) {
    return OptionReader("traceroute", words).read(takeTracerouteOption);
}

}  // namespace peerscape
