#include "gui/app/lab_shelf.hpp"

#include <array>
#include <string>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSettings>

#include "gui/translations/language.hpp"
#include "scenarios/format/text_catalogue.hpp"
#include "scenarios/format/yaml_tree.hpp"

namespace peerscape::gui {

namespace {

struct Topic {
    const char* begin;  ///< of the folder's name
    const char* title;
};
/// The first that fits; the last fits everything.
constexpr std::array kTopics{
    Topic{"bgp-", QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "BGP: between autonomous systems")},
    Topic{"eigrp-", QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "EIGRP")},
    Topic{"rip", QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "RIP")},
    Topic{"count-to-infinity", QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "RIP")},
    Topic{"",
          QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "First lessons, static routes, links and faults")},
};

/// The story that the tutorial tells.
constexpr std::array kStory{"four-buildings-static",
                            "four-buildings-static-failure",
                            "four-buildings-floating-static",
                            "four-buildings-static-new-link",
                            "four-buildings-rip",
                            "four-buildings-eigrp",
                            "bgp-four-buildings"};

bool isOfTheStory(const QString& name) {
    for (const char* chapter : kStory) {
        if (name == QLatin1String(chapter)) return true;
    }
    return false;
}

QString said(const char* text) { return QCoreApplication::translate("peerscape::gui::StartPage", text); }

QString folderOf(const char* installed, const char* built) {
    const QString beside = QCoreApplication::applicationDirPath() + "/../share/peerscape/" + installed;
    for (const QString& folder : {beside, QString(built)}) {
        if (QDir(folder).exists()) return QDir::cleanPath(folder);
    }
    return {};
}

/// The first sentence of a text in Markdown, without its marks.
QString firstSentence(QString text) {
    text = text.simplified().remove(QRegularExpression("[*_`]"));
    const QRegularExpressionMatch end = QRegularExpression("[.!?](?= |$)").match(text);
    return end.hasMatch() ? text.left(end.capturedEnd()) : text;
}

struct LabHead {
    std::string title;
    std::string about;
};

/// What a lab file says about itself. The rest of it, which may be long, is not read.
LabHead headOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) return {};
    constexpr int kMostLines = 200;
    QString head;
    bool isWanted = false;
    for (int i = 0; i < kMostLines && !file.atEnd(); ++i) {
        const QString line = QString::fromUtf8(file.readLine());
        // A key of the lab itself stands at the beginning of its line.
        if (!line.startsWith(' ') && !line.trimmed().isEmpty())
            isWanted = line.startsWith("title:") || line.startsWith("about:");
        if (isWanted) head += line;
    }
    DiagnosticList ignored;
    const auto tree = yaml::parse(head.toStdString(), {}, ignored);
    if (!tree) return {};
    const auto textOf = [&](const char* key) {
        const yaml::Value* value = tree->find(key);
        return value == nullptr ? std::string() : value->text;
    };
    return {textOf("title"), textOf("about")};
}

QString settingOf(const QString& path) {
    const QByteArray name =
        path.toUtf8().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return "goals/" + QString::fromLatin1(name);
}

}  // namespace

QString shippedLabs() { return folderOf("labs", PEERSCAPE_LABS); }
QString shippedExercises() { return folderOf("exercises", PEERSCAPE_EXERCISES); }

LabCard cardOf(const QString& path) {
    LabCard card{path, QDir(path).dirName(), {}, {}};
    if (card.title.endsWith(".yaml")) card.title = path.section('/', -2, -2);
    const LabHead head = headOf(path);
    if (!head.title.empty()) card.title = QString::fromStdString(head.title);
    card.ownTitle = card.title;
    const CatalogueOutcome texts = readTextCatalogueOf(path.toStdString(), spokenLanguage().toStdString());
    const auto said = [&](const std::string& text) {
        const std::string* words = texts.catalogue ? texts.catalogue->find(text) : nullptr;
        return QString::fromStdString(words == nullptr ? text : *words);
    };
    if (!head.title.empty()) card.title = said(head.title).trimmed();
    card.lead = firstSentence(said(head.about));
    return card;
}

std::vector<LabTopic> shippedTopics() {
    if (shippedLabs().isEmpty()) return {};
    const QDir labs(shippedLabs());
    std::vector<LabTopic> topics{
        {said(QT_TRANSLATE_NOOP("peerscape::gui::StartPage", "The story of the four buildings")), {}}};
    const auto topicNamed = [&](const QString& title) -> LabTopic& {
        for (LabTopic& topic : topics) {
            if (topic.title == title) return topic;
        }
        return topics.emplace_back(LabTopic{title, {}});
    };
    for (const char* chapter : kStory) {
        const QString folder = labs.filePath(chapter);
        if (QDir(folder).exists()) topics.front().labs.push_back(cardOf(folder + "/lab.yaml"));
    }
    topicNamed(said(kTopics.back().title));
    for (const QString& name : labs.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (isOfTheStory(name)) continue;
        for (const Topic& topic : kTopics) {
            if (!name.startsWith(topic.begin)) continue;
            topicNamed(said(topic.title)).labs.push_back(cardOf(labs.filePath(name) + "/lab.yaml"));
            break;
        }
    }
    return topics;
}

std::vector<LabCard> exercisesIn(const QString& folder) {
    std::vector<LabCard> exercises;
    const QDir there(folder);
    for (const QFileInfo& entry :
         there.entryInfoList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot, QDir::Name)) {
        const QString path = entry.isDir() ? entry.filePath() + "/lab.yaml" : entry.filePath();
        // The texts of a lab in another language are no lab.
        const auto own = labFileOfCatalogue(path.toStdString());
        if (own && QFile::exists(QString::fromStdString(*own))) continue;
        if (path.endsWith(".yaml") && QFile::exists(path)) exercises.push_back(cardOf(path));
    }
    return exercises;
}

QString rememberedGoals(const QString& path) { return QSettings().value(settingOf(path)).toString(); }

void rememberGoals(const QString& path, int met, int all) {
    QSettings().setValue(settingOf(path), QString("%1/%2").arg(met).arg(all));
}

}  // namespace peerscape::gui
