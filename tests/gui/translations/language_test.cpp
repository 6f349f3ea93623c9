#include "gui/translations/language.hpp"

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include "tests/gui/app/window_fixture.hpp"
#include "tests/gui/translations/window_texts.hpp"

namespace peerscape::gui {
namespace {

const std::filesystem::path kSources = std::filesystem::path(PEERSCAPE_SOURCE_DIR) / "gui";

struct TsMessage {
    QStringList said;  ///< the translation, or its plural forms
    bool isPlural = false;
    bool isFinished = false;
};
/// By context and source text.
using Messages = std::map<std::pair<QString, QString>, TsMessage>;

Messages messagesOf(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    QXmlStreamReader xml(&file);
    Messages messages;
    QString context;
    QString source;
    TsMessage message;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            if (xml.name() == u"name") context = xml.readElementText();
            if (xml.name() == u"message") message = {{}, xml.attributes().value("numerus") == u"yes", false};
            if (xml.name() == u"source") source = xml.readElementText();
            if (xml.name() == u"translation") {
                message.isFinished = xml.attributes().value("type").isEmpty();
                if (!message.isPlural) message.said << xml.readElementText();
            }
            if (xml.name() == u"numerusform") message.said << xml.readElementText();
        }
        if (xml.isEndElement() && xml.name() == u"message") messages[{context, source}] = message;
    }
    EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
    return messages;
}

QString translationsIn(const char* language) {
    return QString::fromStdString((kSources / "translations").string()) + "/peerscape_" + language + ".ts";
}

std::set<QString> placeholdersOf(const QString& text) {
    static const QRegularExpression marks("%(\\d|n)");
    std::set<QString> found;
    for (auto match = marks.globalMatch(text); match.hasNext();)
        found.insert(match.next().captured(0));
    return found;
}

/// What is in the first and not in the second, a line each.
std::string missingIn(const Messages& some, const Messages& others) {
    std::string lines;
    for (const auto& [key, message] : some) {
        if (!others.contains(key)) lines += (key.first + ": " + key.second + "\n").toStdString();
    }
    return lines;
}

/// The messages that lupdate finds in the sources today.
Messages messagesOfSources(const char* language, const QStringList& options) {
    const QTemporaryDir folder;
    const QString file = folder.filePath("found.ts");
    QProcess lupdate;
    lupdate.setProcessChannelMode(QProcess::MergedChannels);
    lupdate.start(PEERSCAPE_LUPDATE,
                  options + QStringList{"-silent", "-locations", "none", "-I", PEERSCAPE_SOURCE_DIR,
                                        QString::fromStdString(kSources.string()), "-ts", file,
                                        "-target-language", language});
    EXPECT_TRUE(lupdate.waitForFinished(120'000));
    EXPECT_EQ(lupdate.exitCode(), 0) << lupdate.readAll().toStdString();
    return messagesOf(file);
}

TEST(Languages, EnglishAndFrenchAreThere) {
    std::vector<QString> codes;
    for (const Language& language : languages())
        codes.push_back(language.code);
    EXPECT_EQ(codes, (std::vector<QString>{"en", "fr"}));
    EXPECT_EQ(languages()[1].name, "français");
}

TEST(Languages, EverythingIsSaidWithItsPlaceholders) {
    for (const char* language : {"fr", "en"}) {
        const Messages messages = messagesOf(translationsIn(language));
        EXPECT_GT(messages.size(), 5u);
        for (const auto& [key, message] : messages) {
            const std::string what = key.second.toStdString() + " in " + language;
            EXPECT_TRUE(message.isFinished) << what;
            EXPECT_EQ(message.said.size(), message.isPlural ? 2 : 1) << what;
            for (const QString& said : message.said) {
                EXPECT_FALSE(said.trimmed().isEmpty()) << what;
                auto wanted = placeholdersOf(key.second);
                auto found = placeholdersOf(said);
                // "the last event" needs no number.
                wanted.erase("%n");
                found.erase("%n");
                EXPECT_EQ(found, wanted) << what;
            }
        }
    }
}

TEST(Languages, TheFilesHoldWhatTheSourcesSayAndNothingElse) {
    const std::vector<std::pair<const char*, QStringList>> files{{"fr", {}}, {"en", {"-pluralonly"}}};
    for (const auto& [language, options] : files) {
        const Messages said = messagesOf(translationsIn(language));
        const Messages sources = messagesOfSources(language, options);
        EXPECT_EQ(missingIn(sources, said), "") << language;
        EXPECT_EQ(missingIn(said, sources), "") << language;
    }
}

/// lupdate passes over what it cannot parse, such as a cast beside the text, and says nothing.
TEST(Languages, EveryTextWithACountIsInTheFiles) {
    static const QRegularExpression counted(R"re("((?:[^"\\\n]|\\.)*?%n(?:[^"\\\n]|\\.)*)")re");
    std::set<QString> sources;
    for (const auto& [key, message] : messagesOf(translationsIn("en")))
        sources.insert(key.second);
    int looked = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kSources)) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream in(entry.path());
        std::ostringstream whole;
        whole << in.rdbuf();
        const QString text = QString::fromStdString(whole.str());
        for (auto found = counted.globalMatch(text); found.hasNext();) {
            ++looked;
            const QString source = found.next().captured(1);
            EXPECT_TRUE(sources.contains(source))
                << entry.path().filename() << ": \"" << source.toStdString() << "\"";
        }
    }
    EXPECT_GT(looked, 20);
}

/// What a widget shows must go through tr(): a literal with letters in it, given to one of these, does not.
TEST(Languages, NoWidgetIsGivenALiteral) {
    static const std::regex shown(
        R"re((?:\b(?:setText|setWindowTitle|setToolTip|setStatusTip|setPlaceholderText|setAccessibleName|)re"
        R"re(setAccessibleDescription|setTitle|setTitleText|addAction|addMenu|addItem|addTab|setHeaderLabels|)re"
        R"re(setHorizontalHeaderLabels|showMessage|setPrefix|setSuffix|setDetailedText|setInformativeText)\(|)re"
        R"re(\bnew Q(?:Label|PushButton|CheckBox|RadioButton|GroupBox|Action|DockWidget|ToolBar|Menu)\()\{?")re"
        R"re(((?:[^"\\]|\\.)*)")re");
    static const std::regex words(R"([A-Za-z]{2,})");
    static const std::regex markup(R"(<[^>]*>|%\d|&\w+;)");
    int looked = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kSources)) {
        if (entry.path().extension() != ".cpp") continue;
        ++looked;
        std::ifstream in(entry.path());
        std::ostringstream whole;
        whole << in.rdbuf();
        const std::string text = whole.str();
        for (auto found = std::sregex_iterator(text.begin(), text.end(), shown);
             found != std::sregex_iterator(); ++found) {
            const std::string literal = std::regex_replace((*found)[1].str(), markup, "");
            // A name, and a configuration, which is English everywhere.
            const bool isOfAllLanguages = literal == "Peerscape" || literal.starts_with("router rip");
            EXPECT_TRUE(isOfAllLanguages || !std::regex_search(literal, words))
                << entry.path().filename() << " shows \"" << literal << "\" in English only";
        }
    }
    EXPECT_GT(looked, 30);
}

TEST(Languages, AWindowInFrenchSaysNothingInEnglish) {
    std::set<QString> english;
    for (const auto& [key, message] : messagesOf(translationsIn("fr"))) {
        if (message.said.value(0) != key.second) english.insert(key.second);
    }
    // The same letters in both languages, but not in all places.
    for (const char* both : {"Routes", "route", "Interface", "Interfaces", "Configuration", "Action"})
        english.erase(both);
    speak("fr");
    {
        const TemporaryFolder folder;
        const auto file = folder.write("lab.yaml", kSquare);
        MainWindow window;
        window.show();
        ASSERT_TRUE(window.openFile(QString::fromStdString(file.string())));
        window.scene().select({{"A"}, {}, {}});
        window.session().nextStep();
        window.session().finish();
        QApplication::sendPostedEvents();
        EXPECT_EQ(window.action("open")->text(), "&Ouvrir…");
        const QStringList texts = textsOf(window);
        EXPECT_GT(texts.size(), 300);
        for (const QString& text : texts)
            EXPECT_FALSE(english.contains(text)) << text.toStdString();
        EXPECT_EQ(spokenLanguage(), "fr");
    }
    speak("en");
    EXPECT_EQ(spokenLanguage(), "en");
}

TEST(Languages, AnUnknownOneIsEnglish) {
    speak("tlh");
    EXPECT_EQ(spokenLanguage(), "en");
    speak("en");
    EXPECT_EQ(QCoreApplication::translate("peerscape::gui::MainWindow", "Paste %n nodes", nullptr, 1),
              "Paste 1 node");
}

}  // namespace
}  // namespace peerscape::gui
